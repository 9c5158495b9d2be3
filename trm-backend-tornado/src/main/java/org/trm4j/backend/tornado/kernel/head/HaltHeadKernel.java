package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@code q = W_q y[0] + b_q}; one item per output. Launch: 2 x 1 x sequences. */
public final class HaltHeadKernel {
  private static final int STATE = 0;
  private static final int WEIGHT = 2;
  private static final int BIAS = 4;
  private static final int Q = 6;
  private static final int WIDTH = 8;

  private HaltHeadKernel() {}

  /** Operands from {@code at}: y, W_q, b_q, q; width. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray weights,
      FloatArray arena,
      int at) {
    int head = context.globalIdx;
    int p = context.globalIdz;
    if (head < 2 && Address.works(operands, active, p)) {
      int width = operands.get(at + WIDTH);
      int y = Address.of(operands, at + STATE, p);
      int row = operands.get(at + WEIGHT) + head * width;
      float sum = 0f;
      for (int i = 0; i < width; i++) {
        sum += arena.get(y + i) * weights.get(row + i);
      }
      sum += weights.get(operands.get(at + BIAS) + head);
      arena.set(Address.of(operands, at + Q, p) + head, sum);
    }
  }
}
