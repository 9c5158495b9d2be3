package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Scores to attention weights by the saved log-sum-exp, in place; one item per score. Launch:
 * length x rows x sequences.
 */
public final class AttentionWeightKernel {
  private static final int SCORES = 0;
  private static final int LOG_SUM_EXP = 2;
  private static final int LENGTH = 4;

  private AttentionWeightKernel() {}

  /** Operands from {@code at}: scores, log-sum-exp of each row; length. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int length = operands.get(at + LENGTH);
    if (i < length && Address.works(operands, active, p)) {
      int score = Address.of(operands, at + SCORES, p) + row * length + i;
      float logSumExp = arena.get(Address.of(operands, at + LOG_SUM_EXP, p) + row);
      arena.set(score, TornadoMath.exp(arena.get(score) - logSumExp));
    }
  }
}
