package org.trm4j.training.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limit of a run. Steps, checkpoints and evaluations are timed, so that the last of each
 * ends in time.
 */
final class TimeBudget {
  /** The factor by which the next step, checkpoint or evaluation may take longer. */
  private static final double MARGIN = 1.2;

  /** A slow first step loses its weight within about twenty steps. */
  private static final double DECAY = 0.9;

  private final long start = System.nanoTime();
  private final double seconds;
  private double step;
  private double save;
  private double evaluation;

  /** Begins now; null for no limit. */
  TimeBudget(@Nullable Duration time) {
    this.seconds = time == null ? Double.POSITIVE_INFINITY : time.toNanos() * 1e-9;
  }

  /** Returns whether there is time for one more step and what must follow it. */
  boolean forStep() {
    return elapsed() + MARGIN * (step + save + evaluation) < seconds;
  }

  /** Returns whether the time is over. */
  boolean over() {
    return elapsed() >= seconds;
  }

  void stepTook(double took) {
    step = Math.max(took, DECAY * step);
  }

  void saveTook(double took) {
    save = Math.max(took, DECAY * save);
  }

  void evaluationTook(double took) {
    evaluation = took;
  }

  double elapsed() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
