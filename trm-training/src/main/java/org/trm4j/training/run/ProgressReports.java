package org.trm4j.training.run;

import org.jspecify.annotations.Nullable;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.log.MetricsWindow;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.slots.TrainingSlots;

/** The means since the last report of a run, and the last report. */
final class ProgressReports {
  private final long totalSteps;
  private MetricsWindow window = new MetricsWindow();
  private double windowSeconds;
  private @Nullable TrainingProgress last;

  /**
   * Begins.
   *
   * @param totalSteps of the run
   */
  ProgressReports(long totalSteps) {
    this.totalSteps = totalSteps;
  }

  /** Restores the values of a checkpoint. */
  void restore(RunCounters counters) {
    window = MetricsWindow.restore(counters.window());
    windowSeconds = counters.windowSeconds();
  }

  /** Returns the values for a checkpoint. */
  RunCounters counters(
      long step, long examples, String stream, double seconds, Divergence divergence) {
    divergence.saving();
    return new RunCounters(
        step,
        examples,
        stream,
        seconds,
        window.save(),
        windowSeconds,
        divergence.mean(),
        divergence.lowest());
  }

  /** Adds a training step. */
  void add(TrainingSlots slots) {
    add(window, slots);
  }

  void took(double seconds) {
    windowSeconds += seconds;
  }

  /** Returns the loss per sequence since the last report. */
  double loss() {
    return window.loss();
  }

  /** Returns the loss per sequence of the last training step alone. */
  static double loss(TrainingSlots slots) {
    MetricsWindow one = new MetricsWindow();
    add(one, slots);
    return one.loss();
  }

  private static void add(MetricsWindow window, TrainingSlots slots) {
    for (int slot = 0; slot < slots.count(); slot++) {
      window.add(slots.metrics(slot), slots.halted(slot), slots.steps(slot));
    }
  }

  /** Returns the means, and starts a new window. */
  TrainingProgress report(long step, double learningRate, long examples, double seconds) {
    TrainingProgress.Builder figures =
        TrainingProgress.builder()
            .step(step)
            .totalSteps(totalSteps)
            .loss(window.loss())
            .languageLoss(window.languageLoss())
            .haltLoss(window.haltLoss())
            .continueLoss(window.continueLoss())
            .learningRate(learningRate)
            .examples(examples)
            .puzzlesPerSecond(window.sequences() / windowSeconds)
            .seconds(seconds);
    window.addHalted(figures);
    TrainingProgress progress = figures.build();
    window = new MetricsWindow();
    windowSeconds = 0;
    last = progress;
    return progress;
  }

  @Nullable TrainingProgress last() {
    return last;
  }
}
