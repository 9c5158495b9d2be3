package org.trm4j.backend.tornado.kernel;

import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An {@link UpdateRule} as the numbers that the optimizers' kernels read. */
public final class RuleNumbers {
  public static final int COUNT = 11;

  private RuleNumbers() {}

  public static void set(UpdateRule rule, FloatArray numbers) {
    double[] values = {
      rule.beta1(),
      1 - rule.beta1(),
      rule.beta2(),
      1 - rule.beta2(),
      1 - rule.learningRate() * rule.weightDecay(),
      rule.learningRate() / (1 - Math.pow(rule.beta1(), rule.step())),
      1 / Math.sqrt(1 - Math.pow(rule.beta2(), rule.step())),
      rule.averageDecay(),
      1 - rule.averageDecay(),
      1 - rule.puzzleLearningRate() * rule.puzzleWeightDecay(),
      rule.puzzleLearningRate()
    };
    for (int i = 0; i < COUNT; i++) {
      numbers.set(i, (float) values[i]);
    }
  }
}
