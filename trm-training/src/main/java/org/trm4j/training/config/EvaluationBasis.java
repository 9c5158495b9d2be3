package org.trm4j.training.config;

import org.apiguardian.api.API;

/** What an evaluation of a run is over; only evaluations over the same are compared. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class EvaluationBasis {
  private EvaluationBasis() {}

  /** Returns split, puzzles and steps, such as {@code 200 puzzles of test in 16 steps}. */
  public static String of(TrainingConfig config) {
    int puzzles = config.run().evaluatePuzzles();
    return "%s of %s in %s steps"
        .formatted(
            puzzles == 0 ? "all puzzles" : puzzles + " puzzles",
            config.data().evaluationSplit(),
            config.halting().maxSteps());
  }
}
