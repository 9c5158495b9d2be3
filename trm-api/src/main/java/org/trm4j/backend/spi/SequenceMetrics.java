package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/**
 * What a training step reports of one sequence; losses are not scaled.
 *
 * @param languageLoss mean StableMax cross-entropy over its labels
 * @param haltLoss BCE(q_halt, exact), without the factor 0.5
 * @param continueLoss BCE(q_continue, target), without the factor 0.5; 0 where the program has no
 *     continue target
 * @param correctTokens labels that the arg-max equals
 * @param labelledTokens labels that count
 * @param exact whether all labels that count are right
 * @param haltLogit q_halt
 * @param continueLogit q_continue
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SequenceMetrics(
    double languageLoss,
    double haltLoss,
    double continueLoss,
    int correctTokens,
    int labelledTokens,
    boolean exact,
    float haltLogit,
    float continueLogit) {

  /** What a plan reports whose losses are its terms: nothing. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static final SequenceMetrics NONE = new SequenceMetrics(0, 0, 0, 0, 0, false, 0, 0);

  /** Returns the sequence's loss: language + 0.5 x (halt + continue). */
  public double loss() {
    return languageLoss + 0.5 * (haltLoss + continueLoss);
  }
}
