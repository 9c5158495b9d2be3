package org.trm4j.backend.cpu.session;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/**
 * AdamATan2 (arXiv 2407.05872) and the moving average in one pass over the parameters, as {@link
 * UpdateRule} defines them, in blocks that stay in the L1 cache.
 */
public final class AdamAtan2 {
  // Workers take whole blocks, so that a parameter's lane in a vector is always the same.
  private static final int BLOCK = 512;

  final float[] firstMoment;
  final float[] secondMoment;
  final float[] average;
  private final Kernels kernels;

  /** Starts with zero moments and the parameters' own values as averages. */
  public AdamAtan2(Kernels kernels, float[] values, int trained) {
    this.kernels = kernels;
    firstMoment = new float[trained];
    secondMoment = new float[trained];
    average = Arrays.copyOf(values, trained);
  }

  /** Updates this worker's share. */
  public void update(float[] values, float[] gradients, UpdateRule rule, Worker worker) {
    int blocks = Math.ceilDiv(firstMoment.length, BLOCK);
    float[] angles = worker.scratch(BLOCK);
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(rule.beta2(), rule.step())));
    for (int block = worker.from(blocks); block < worker.to(blocks); block++) {
      int from = block * BLOCK;
      int to = Math.min(from + BLOCK, firstMoment.length);
      kernels.moments(gradients, firstMoment, secondMoment, from, to, rule.beta1(), rule.beta2());
      kernels.angles(firstMoment, secondMoment, from, to - from, correction, angles);
      step(values, angles, rule, from, to);
    }
  }

  private void step(float[] values, float[] angles, UpdateRule rule, int from, int to) {
    float decay = (float) (1 - rule.learningRate() * rule.weightDecay());
    float rate = (float) (rule.learningRate() / (1 - Math.pow(rule.beta1(), rule.step())));
    float keep = (float) rule.averageDecay();
    float take = (float) (1 - rule.averageDecay());
    for (int i = from; i < to; i++) {
      float p = values[i] * decay - rate * angles[i - from];
      values[i] = p;
      average[i] = keep * average[i] + take * p;
    }
  }
}
