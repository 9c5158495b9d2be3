package org.trm4j.training.config;

import org.apiguardian.api.API;

/**
 * Length and rhythm of a run.
 *
 * @param steps training steps, each with one update
 * @param batch slots that learn at the same time
 * @param seed of initial parameters, of the examples' order and of exploration
 * @param logEvery steps between two lines of metrics
 * @param evaluateEvery steps between two evaluations; 0 for none but the last, -1 for none at all
 * @param evaluatePuzzles puzzles that an evaluation takes from the start of the split; 0 for all
 * @param checkpointEvery steps between two checkpoints; 0 for none but the last and one before
 *     every evaluation
 * @param patience evaluations in a row without a better one after which the run ends; 0 for none
 * @param keepBest whether the best evaluated model is kept beside the last
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RunSettings(
    long steps,
    int batch,
    long seed,
    int logEvery,
    int evaluateEvery,
    int evaluatePuzzles,
    int checkpointEvery,
    int patience,
    boolean keepBest) {
  /** Checks the ranges. */
  public RunSettings {
    Settings.atLeast("run.steps", steps, 1);
    Settings.atLeast("run.batch", batch, 1);
    Settings.atLeast("run.logEvery", logEvery, 1);
    Settings.atLeast("run.evaluateEvery", evaluateEvery, -1);
    Settings.atLeast("run.evaluatePuzzles", evaluatePuzzles, 0);
    Settings.atLeast("run.checkpointEvery", checkpointEvery, 0);
    Settings.atLeast("run.patience", patience, 0);
    Settings.check(
        patience == 0 || evaluateEvery > 0,
        "run.patience",
        patience,
        "0, or run.evaluateEvery above 0: it counts evaluations");
  }

  /** Returns whether the run evaluates its model at all. */
  public boolean evaluates() {
    return evaluateEvery >= 0;
  }
}
