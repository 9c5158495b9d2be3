package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Softmax of each row of scores, in place; one item per row. Launch: rows x 1 x sequences. */
public final class SoftmaxKernel {
  private static final int SCORES = 0;
  private static final int LOG_SUM_EXP = 2;
  private static final int ROWS = 4;
  private static final int LENGTH = 6;
  private static final int KEEPS_SUM = 8;

  private SoftmaxKernel() {}

  /**
   * Operands from {@code at}: scores, the log-sum-exp of each row; rows, length, and 1 where the
   * log-sum-exp is kept.
   */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int row = context.globalIdx;
    int p = context.globalIdz;
    if (row < operands.get(at + ROWS) && Address.works(operands, active, p)) {
      int length = operands.get(at + LENGTH);
      int from = Address.of(operands, at + SCORES, p) + row * length;
      float largest = arena.get(from);
      for (int j = 1; j < length; j++) {
        float score = arena.get(from + j);
        largest = score > largest ? score : largest;
      }
      float sum = 0f;
      for (int j = 0; j < length; j++) {
        float weight = TornadoMath.exp(arena.get(from + j) - largest);
        sum += weight;
        arena.set(from + j, weight);
      }
      for (int j = 0; j < length; j++) {
        arena.set(from + j, arena.get(from + j) / sum);
      }
      if (operands.get(at + KEEPS_SUM) != 0) {
        arena.set(Address.of(operands, at + LOG_SUM_EXP, p) + row, largest + TornadoMath.log(sum));
      }
    }
  }
}
