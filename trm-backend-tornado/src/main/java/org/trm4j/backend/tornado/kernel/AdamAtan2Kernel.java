package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * AdamATan2 (arXiv 2407.05872) and the moving average; one item per parameter. The rule's nine
 * numbers are those of {@link RuleNumbers}. Launch: n.
 */
public final class AdamAtan2Kernel {
  private static final int COUNT = 0;

  private AdamAtan2Kernel() {}

  /** Operand {@code at}: n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      FloatArray rule,
      FloatArray gradients,
      FloatArray weights,
      FloatArray firstMoments,
      FloatArray secondMoments,
      FloatArray averages,
      int at) {
    int i = context.globalIdx;
    if (i < operands.get(at + COUNT)) {
      float g = gradients.get(i);
      float m = rule.get(0) * firstMoments.get(i) + rule.get(1) * g;
      float v = rule.get(2) * secondMoments.get(i) + rule.get(3) * g * g;
      firstMoments.set(i, m);
      secondMoments.set(i, v);
      float step = TornadoMath.atan2(m, TornadoMath.sqrt(v) * rule.get(6));
      float p = weights.get(i) * rule.get(4) - rule.get(5) * step;
      weights.set(i, p);
      averages.set(i, rule.get(7) * averages.get(i) + rule.get(8) * p);
    }
  }
}
