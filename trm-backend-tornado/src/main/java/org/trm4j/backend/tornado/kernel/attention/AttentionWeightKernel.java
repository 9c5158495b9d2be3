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
  private AttentionWeightKernel() {}

  /** Operands from {@code at}: scores, log-sum-exp of each row; length. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int length = operands.get(at + 4);
    if (i < length && Address.works(operands, active, p)) {
      int score = Address.of(operands, at, p) + row * length + i;
      float logSumExp = arena.get(Address.of(operands, at + 2, p) + row);
      arena.set(score, TornadoMath.exp(arena.get(score) - logSumExp));
    }
  }
}
