package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Scores to attention weights by the saved log-sum-exp, in place; an item a score. Launch:
 * sequences x rows x length items or more.
 */
final class AttentionWeightKernel {
  private AttentionWeightKernel() {}

  /** Operands from {@code at}: scores, log-sum-exp of each row. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int rows,
      int length) {
    int i = context.globalIdx % (rows * length);
    int p = context.globalIdx / (rows * length);
    if (Address.works(operands, active, p)) {
      int score = Address.of(operands, at, p) + i;
      float logSumExp = arena.get(Address.of(operands, at + 2, p) + i / length);
      arena.set(score, TornadoMath.exp(arena.get(score) - logSumExp));
    }
  }
}
