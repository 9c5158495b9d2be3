package org.trm4j.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.optimizer.UpdateSpec;

/**
 * The optimizers: AdamATan2 for trained parameters, sign-SGD for puzzle embedding rows, and the
 * exponential moving average. {@link TrainingConfigBuilder} sets them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class OptimizerSettings {
  record Values(
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
    Values {
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
  }

  @JsonValue private final Values values;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  OptimizerSettings(Values values) {
    this.values = values;
  }

  /** Returns the learning rate of trained parameters after the warm-up. */
  public double learningRate() {
    return values.learningRate;
  }

  /** Returns the steps of the linear warm-up. */
  public long warmupSteps() {
    return values.warmupSteps;
  }

  /** Returns what the cosine ends at, as a share of the learning rate; 1 for a constant one. */
  public double minLearningRateRatio() {
    return values.minLearningRateRatio;
  }

  /** Returns the weight decay of trained parameters. */
  public double weightDecay() {
    return values.weightDecay;
  }

  /** Returns the decay of the first moment. */
  public double beta1() {
    return values.beta1;
  }

  /** Returns the decay of the second moment. */
  public double beta2() {
    return values.beta2;
  }

  /** Returns the learning rate of puzzle embedding rows. */
  public double puzzleLearningRate() {
    return values.puzzleLearningRate;
  }

  /** Returns the weight decay of puzzle embedding rows. */
  public double puzzleWeightDecay() {
    return values.puzzleWeightDecay;
  }

  /** Returns the decay of the exponential moving average. */
  public double averageDecay() {
    return values.averageDecay;
  }

  /** Returns the parameters that other optimizers update, in order; the rest has AdamATan2. */
  public List<UpdateSpec.Group> groups() {
    return values.groups;
  }

  /** Returns the largest norm of all gradients together; 0 for no limit. */
  public double clip() {
    return values.clip;
  }

  /** Returns whether AdamATan2 on the device updates all parameters. */
  public boolean onDevice() {
    return values.groups.isEmpty() && values.clip == 0;
  }

  /** Returns the updates of all parameter groups. */
  public UpdateSpec spec() {
    List<UpdateSpec.Group> all = new ArrayList<>(values.groups);
    all.add(
        new UpdateSpec.Group(
            "",
            "adam-atan2",
            Map.of("beta1", values.beta1, "beta2", values.beta2),
            values.learningRate,
            values.weightDecay));
    return new UpdateSpec(all, values.clip);
  }

  /** Returns the rule of one update; both learning rates follow the same schedule. */
  public UpdateRule rule(long step, Schedule schedule) {
    return new UpdateRule(
        step,
        schedule.at(values.learningRate, step),
        values.weightDecay,
        values.beta1,
        values.beta2,
        schedule.at(values.puzzleLearningRate, step),
        values.puzzleWeightDecay,
        values.averageDecay);
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

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof OptimizerSettings other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "OptimizerSettings" + values.toString().substring("Values".length());
  }
}
