package org.trm4j.backend.cpu;

import java.util.Arrays;
import org.trm4j.backend.spi.UpdateRule;

/**
 * AdamATan2 (arXiv 2407.05872) and the moving average in one pass over the parameters, as {@link
 * UpdateRule} defines them.
 */
final class AdamAtan2 {
  final float[] firstMoment;
  final float[] secondMoment;
  final float[] average;

  /** Starts with zero moments and the parameters' own values as averages. */
  AdamAtan2(float[] values, int trained) {
    firstMoment = new float[trained];
    secondMoment = new float[trained];
    average = Arrays.copyOf(values, trained);
  }

  /** Updates this worker's share. */
  void update(float[] values, float[] gradients, UpdateRule rule, Worker worker) {
    float decay = (float) (1 - rule.learningRate() * rule.weightDecay());
    float b1 = (float) rule.beta1();
    float b2 = (float) rule.beta2();
    float c1 = (float) (1 - rule.beta1());
    float c2 = (float) (1 - rule.beta2());
    double rate = rule.learningRate() / (1 - Math.pow(rule.beta1(), rule.step()));
    double correction = 1 / Math.sqrt(1 - Math.pow(rule.beta2(), rule.step()));
    float keep = (float) rule.averageDecay();
    float take = (float) (1 - rule.averageDecay());
    for (int i = worker.from(firstMoment.length); i < worker.to(firstMoment.length); i++) {
      float g = gradients[i];
      float m = b1 * firstMoment[i] + c1 * g;
      float v = b2 * secondMoment[i] + c2 * g * g;
      firstMoment[i] = m;
      secondMoment[i] = v;
      float p =
          values[i] * decay - (float) (rate * ArcTangent.ofQuotient(m, Math.sqrt(v) * correction));
      values[i] = p;
      average[i] = keep * average[i] + take * p;
    }
  }
}
