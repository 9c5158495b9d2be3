package org.trm4j.spark;

import java.io.Serializable;
import org.apiguardian.api.API;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.frontend.HaltingText;

/**
 * How a model is evaluated; the defaults are those of {@code trm eval}.
 *
 * @param split of the data set; empty for {@code test} where there is one, else the first
 * @param backend {@code auto}, a backend's id, or {@code id:device}
 * @param steps supervision steps at most; 0 for what the model usually takes
 * @param halting when to stop before that, as {@code trm eval --halt} takes it
 * @param attempts attempts at each puzzle
 * @param noise standard deviation of their noise; negative for what suits the model, as {@code trm
 *     eval} chooses it
 * @param choice which attempt's answer is taken
 * @param seed of the noise and of random starts
 * @param batch puzzles at a time in each task
 * @param puzzles how many from the start of the split; 0 for all
 * @param tasks parts of the split; 0 for a number that suits its size and the cluster
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record EvaluationSettings(
    String split,
    String backend,
    int steps,
    String halting,
    int attempts,
    double noise,
    Attempts.Choice choice,
    long seed,
    int batch,
    int puzzles,
    int tasks)
    implements Serializable {
  /** One attempt with all steps that the model usually takes, as in the published evaluation. */
  public static final EvaluationSettings PUBLISHED =
      new EvaluationSettings(
          "", "auto", 0, "fixed", 1, -1, Attempts.Choice.HALTING_HEAD, 1, 32, 0, 0);

  /** Checks the ranges. */
  public EvaluationSettings {
    if (steps < 0 || attempts < 1 || batch < 1 || puzzles < 0 || tasks < 0) {
      throw new IllegalArgumentException(
          "evaluation: steps %s, attempts %s, batch %s, puzzles %s, tasks %s; expected at least 0, 1, 1, 0 and 0"
              .formatted(steps, attempts, batch, puzzles, tasks));
    }
  }

  /** Returns the same evaluation of another split. */
  public EvaluationSettings withSplit(String name) {
    return new EvaluationSettings(
        name, backend, steps, halting, attempts, noise, choice, seed, batch, puzzles, tasks);
  }

  /** Returns the same evaluation of the first puzzles of a split, in the given number of tasks. */
  public EvaluationSettings withPuzzles(int first, int parts) {
    return new EvaluationSettings(
        split, backend, steps, halting, attempts, noise, choice, seed, batch, first, parts);
  }

  /**
   * Returns how puzzles are solved.
   *
   * @param usualSigma the noise that attempts with the model usually get
   */
  SolveOptions options(double usualSigma) {
    double sigma = noise >= 0 ? noise : usualSigma;
    return SolveSettings.ofAtMost(steps)
        .withHalting(HaltingText.parse(halting))
        .withAttempts(
            attempts == 1
                ? Attempts.ONE
                : new Attempts(attempts, sigma, seed, choice, choice == Attempts.Choice.VERIFIER));
  }
}
