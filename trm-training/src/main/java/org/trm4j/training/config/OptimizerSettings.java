package org.trm4j.training.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.optimizer.UpdateSpec;

/**
 * The optimizers: AdamATan2 for trained parameters, sign-SGD for puzzle embedding rows, and the
 * exponential moving average.
 *
 * @param learningRate lr of trained parameters after the warm-up
 * @param warmupSteps steps of the linear warm-up
 * @param minLearningRateRatio what the cosine ends at, as a share of the learning rate; 1 for a
 *     constant one
 * @param weightDecay of trained parameters
 * @param beta1 of the first moment
 * @param beta2 of the second moment
 * @param puzzleLearningRate lr of puzzle embedding rows
 * @param puzzleWeightDecay of puzzle embedding rows
 * @param averageDecay of the exponential moving average
 * @param groups parameters that other optimizers update, in order; the rest has AdamATan2 with the
 *     rates above
 * @param clip the largest norm of all gradients together; 0 for no limit
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record OptimizerSettings(
    double learningRate,
    long warmupSteps,
    double minLearningRateRatio,
    double weightDecay,
    double beta1,
    double beta2,
    double puzzleLearningRate,
    double puzzleWeightDecay,
    double averageDecay,
    List<UpdateSpec.Group> groups,
    double clip) {
  /** Checks the ranges. */
  public OptimizerSettings {
    Settings.notNegative("optimizer.learningRate", learningRate);
    Settings.atLeast("optimizer.warmupSteps", warmupSteps, 0);
    Settings.between("optimizer.minLearningRateRatio", minLearningRateRatio, 0, 1);
    Settings.notNegative("optimizer.weightDecay", weightDecay);
    below1("optimizer.beta1", beta1);
    below1("optimizer.beta2", beta2);
    Settings.notNegative("optimizer.puzzleLearningRate", puzzleLearningRate);
    Settings.notNegative("optimizer.puzzleWeightDecay", puzzleWeightDecay);
    below1("optimizer.averageDecay", averageDecay);
    groups = List.copyOf(groups);
    Settings.notNegative("optimizer.clip", clip);
  }

  /** Returns whether AdamATan2 on the device updates all parameters. */
  public boolean onDevice() {
    return groups.isEmpty() && clip == 0;
  }

  /** Returns the updates of all parameter groups. */
  public UpdateSpec spec() {
    List<UpdateSpec.Group> all = new ArrayList<>(groups);
    all.add(
        new UpdateSpec.Group(
            "", "adam-atan2", Map.of("beta1", beta1, "beta2", beta2), learningRate, weightDecay));
    return new UpdateSpec(all, clip);
  }

  /** Returns the rule of one update; both learning rates follow the same schedule. */
  public UpdateRule rule(long step, Schedule schedule) {
    return new UpdateRule(
        step,
        schedule.at(learningRate, step),
        weightDecay,
        beta1,
        beta2,
        schedule.at(puzzleLearningRate, step),
        puzzleWeightDecay,
        averageDecay);
  }

  private static void below1(String key, double found) {
    Settings.check(found >= 0 && found < 1, key, found, "a number from 0 to below 1");
  }

  /**
   * Linear warm-up, then half a cosine from the full learning rate to a share of it, as in the
   * published code.
   *
   * @param warmupSteps steps before the full learning rate
   * @param totalSteps steps at which the cosine ends
   * @param minRatio the share at the end
   */
  public record Schedule(long warmupSteps, long totalSteps, double minRatio) {

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
}
