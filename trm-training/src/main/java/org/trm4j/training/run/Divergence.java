package org.trm4j.training.run;

import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;

/**
 * Follows the loss of a run. Weights can be finite and worthless: a run that diverges may save some
 * checkpoints before its loss is infinite, so the last one before the loss rose is kept too.
 */
final class Divergence {
  /** Of the mean, at each step: it is that of about the last ten steps. */
  private static final double KEPT = 0.9;

  /** How often the lowest loss of a checkpoint a mean is that has risen. */
  private static final double RISE = 2;

  private final @Nullable RunFolder folder;
  private double mean = Double.NaN;
  private double lowest = Double.POSITIVE_INFINITY;
  private boolean savedRisen;

  /**
   * Begins.
   *
   * @param folder of the run; null for one in memory alone, which keeps its best model only
   */
  Divergence(@Nullable RunFolder folder) {
    this.folder = folder;
  }

  /** Takes up what a checkpoint knew. */
  void restore(RunCounters counters) {
    mean = counters.lossMean();
    lowest = counters.lossLowest();
    saved();
  }

  /** Takes the loss of a training step. */
  void add(double loss) {
    mean = Double.isNaN(mean) ? loss : KEPT * mean + (1 - KEPT) * loss;
  }

  /** Returns the mean of about the last ten steps; NaN before the first. */
  double mean() {
    return mean;
  }

  /** Returns the lowest mean at a checkpoint; infinite before the first. */
  double lowest() {
    return lowest;
  }

  /** Returns whether the loss is far above the lowest of a checkpoint. */
  boolean risen() {
    return mean > RISE * lowest;
  }

  /**
   * Returns whether the loss has risen since the last checkpoint: then that one is worth keeping. A
   * folder need not hold the state before an earlier rise, as when it was carried in parts.
   */
  boolean rises() {
    return risen() && !savedRisen;
  }

  /** Notes that the checkpoint is written. */
  void saved() {
    savedRisen = risen();
  }

  /** Returns whether the loss has risen and the state before that is kept. */
  boolean canGoBack() {
    return risen() && folder != null && Files.isRegularFile(folder.beforeRiseFile());
  }

  /** Notes the loss of a checkpoint that is being written. */
  void saving() {
    if (!Double.isNaN(mean)) {
      lowest = Math.min(lowest, mean);
    }
  }

  /**
   * Returns what to do about a loss, a weight or a moment that is not finite.
   *
   * @param savedAt the step of the last checkpoint; negative where there is none
   */
  String advice(double learningRate, long savedAt) {
    String rate = "lower the learning rate (now %s)".formatted(learningRate);
    if (savedAt < 0 || folder == null) {
      return rate + "; nothing was saved";
    }
    long before = folder.beforeRiseStep();
    return before < 0
        ? "%s and resume from the checkpoint of step %s in %s"
            .formatted(rate, savedAt, folder.path())
        : String.format(
            Locale.ROOT,
            "%s and resume with --rewind from the checkpoint of step %s in %s; when that of step %s was saved the loss had risen to %.4g from %.4g",
            rate,
            before,
            folder.path(),
            savedAt,
            mean,
            lowest);
  }
}
