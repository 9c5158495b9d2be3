package org.trm4j.training.measure;

import org.apiguardian.api.API;

/**
 * The share of puzzles that a model solves with one amount of compute.
 *
 * @param axis the varied quantity
 * @param value supervision steps, or attempts
 * @param seed of what the attempts draw
 * @param exact share of puzzles whose answer equals the label
 * @param verified share of puzzles for which some draft up to here verified; 0 if the puzzle has no
 *     verifier
 * @param stepsPerPuzzle mean supervision steps that were taken, of all attempts together
 * @param secondsPerPuzzle mean wall-clock time of these steps, puzzles being solved in batches
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CurvePoint(
    Axis axis,
    int value,
    long seed,
    double exact,
    double verified,
    double stepsPerPuzzle,
    double secondsPerPuzzle) {

  /** What is varied. */
  public enum Axis {
    /** Supervision steps of one attempt, which never stops early. */
    STEPS,
    /** Attempts of limited length, which stop as soon as an answer verifies. */
    ATTEMPTS
  }
}
