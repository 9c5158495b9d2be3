package org.trm4j.training.config;

import org.apiguardian.api.API;

/**
 * Linear warm-up, then half a cosine from the full learning rate to a share of it, as in the
 * published code.
 *
 * @param warmupSteps steps before the full learning rate
 * @param totalSteps steps at which the cosine ends
 * @param minRatio the share at the end
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record LearningRateSchedule(long warmupSteps, long totalSteps, double minRatio) {

  /**
   * Returns the learning rate of one update.
   *
   * @param base the full learning rate
   * @param step 1 for the first update
   */
  public double at(double base, long step) {
    if (step < warmupSteps) {
      return base * step / warmupSteps;
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
    return base * (minRatio + Math.max(0, (1 - minRatio) * cosine));
  }
}
