package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code scores[h, i, j] = scale * q_i k_j}; one item per score. Launch: length x (heads x length)
 * x sequences.
 */
public final class ScoreKernel {
  private static final int QKV = 0;
  private static final int SCORES = 2;
  private static final int HEADS = 4;
  private static final int LENGTH = 6;
  private static final int SIZE = 8;

  private ScoreKernel() {}

  /** Operands from {@code at}: [q; k; v] rows, scores; heads, length, size. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float scale) {
    int j = context.globalIdx;
    int p = context.globalIdz;
    int length = operands.get(at + LENGTH);
    if (j < length && Address.works(operands, active, p)) {
      int heads = operands.get(at + HEADS);
      int size = operands.get(at + SIZE);
      int head = context.globalIdy / length;
      int i = context.globalIdy - head * length;
      int row = 3 * heads * size;
      int q = Address.of(operands, at + QKV, p) + head * size + i * row;
      int k = Address.of(operands, at + QKV, p) + (heads + head) * size + j * row;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(q + c) * arena.get(k + c);
      }
      arena.set(Address.of(operands, at + SCORES, p) + context.globalIdy * length + j, sum * scale);
    }
  }
}
