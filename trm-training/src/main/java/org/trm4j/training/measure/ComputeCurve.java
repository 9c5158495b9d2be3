package org.trm4j.training.measure;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.Attempts;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.training.TrainingException;

/**
 * Accuracy against compute at solve time: supervision steps of one attempt, and attempts. A solved
 * puzzle is not tried again for a larger number of attempts.
 *
 * @param steps supervision steps of the longest attempt of the first curve, at least 1
 * @param attemptSteps supervision steps at most of each attempt of the second curve, at least 1
 * @param attempts numbers of attempts of the second curve, each at least 1
 * @param kind the difference between attempts: noise or symmetries
 * @param batch puzzles at a time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ComputeCurve(
    int steps, int attemptSteps, List<Integer> attempts, Attempts kind, int batch) {
  /** Checks the values. */
  public ComputeCurve {
    attempts = attempts.stream().sorted().distinct().toList();
    if (steps < 1 || attemptSteps < 1 || batch < 1 || attempts.stream().anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException(
          "curve: steps %s, steps of an attempt %s, attempts %s, batch %s, expected at least 1 of each"
              .formatted(steps, attemptSteps, attempts, batch));
    }
  }

  /** Takes the progress of the work. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each puzzle; may throw to end the work.
     *
     * @param part of the curve, for people
     */
    void solved(String part, int puzzles);
  }

  /**
   * Measures both curves: first an attempt at every puzzle that never stops, then more attempts at
   * those that it does not solve.
   *
   * @param puzzles how many of the split; 0 for all
   * @param calibration takes what the halting head said of each final answer of the first curve
   * @return the points over steps, then those over attempts
   */
  public List<CurvePoint> measure(
      TrmModel model,
      ExampleSource split,
      int puzzles,
      long seed,
      Calibration calibration,
      Progress progress) {
    int count = puzzles == 0 ? split.size() : Math.min(puzzles, split.size());
    if (count < 1) {
      throw new TrainingException("curve: the split has no puzzles");
    }
    return new CurveWork(this, model, split, count, seed, calibration, progress).measure();
  }
}
