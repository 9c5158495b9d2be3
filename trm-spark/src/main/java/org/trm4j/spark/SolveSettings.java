package org.trm4j.spark;

import java.io.Serializable;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.frontend.HaltingText;

/**
 * How a task solves its rows.
 *
 * @param puzzleColumn index of the puzzle's column
 * @param backend {@code auto}, a backend's id, or {@code id:device}
 * @param steps supervision steps at most; 0 for what the model usually takes
 * @param halting policies as {@code trm eval --halt} takes them
 * @param attempts attempts at each puzzle
 * @param noise standard deviation of the attempts' noise
 * @param choice which attempt's answer is taken
 * @param seed of the noise
 * @param batch puzzles at a time
 */
record SolveSettings(
    int puzzleColumn,
    String backend,
    int steps,
    String halting,
    int attempts,
    double noise,
    String choice,
    long seed,
    int batch)
    implements Serializable {

  SolveOptions options() {
    Attempts.Choice chosen = Attempts.Choice.valueOf(choice);
    Attempts several =
        attempts == 1
            ? Attempts.ONE
            : new Attempts(attempts, noise, seed, chosen, chosen == Attempts.Choice.VERIFIER);
    return ofAtMost(steps)
        .withHalting(HaltingText.parse(halting))
        .withDrafts(false)
        .withAttempts(several);
  }

  /** Returns options with so many supervision steps at most; 0 for what a model usually takes. */
  static SolveOptions ofAtMost(int steps) {
    return steps == 0 ? SolveOptions.DEFAULT : SolveOptions.DEFAULT.withMaxSteps(steps);
  }
}
