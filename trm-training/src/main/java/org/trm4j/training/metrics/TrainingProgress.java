package org.trm4j.training.metrics;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Means over the training steps since the last report.
 *
 * @param step the last of them
 * @param totalSteps of the run
 * @param loss per sequence: language + 0.5 x (halt + continue)
 * @param languageLoss per sequence
 * @param haltLoss per sequence, without its factor
 * @param continueLoss per sequence, without its factor; 0 if the program has none
 * @param learningRate of the last step
 * @param halted figures of the sequences that halted; null if none did
 * @param examples examples taken from the stream so far
 * @param puzzlesPerSecond supervision steps of single puzzles a second
 * @param seconds of training so far, evaluations not counted
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingProgress(
    long step,
    long totalSteps,
    double loss,
    double languageLoss,
    double haltLoss,
    double continueLoss,
    double learningRate,
    @Nullable Halted halted,
    long examples,
    double puzzlesPerSecond,
    double seconds) {

  /**
   * Means over sequences at the step at which they halted.
   *
   * @param count sequences with labels that halted, at least 1
   * @param tokenAccuracy share of labels that the arg-max equals
   * @param exactAccuracy share of sequences that are right as a whole
   * @param haltingAccuracy share of sequences whose halting head (q_halt &gt;= 0) says whether they
   *     are right
   * @param meanSteps supervision steps
   */
  public record Halted(
      long count,
      double tokenAccuracy,
      double exactAccuracy,
      double haltingAccuracy,
      double meanSteps) {}
}
