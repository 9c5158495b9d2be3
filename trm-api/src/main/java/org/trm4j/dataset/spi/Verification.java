package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * Whether an answer solves its puzzle.
 *
 * @param outcome the verdict
 * @param detail what is wrong, such as {@code row 3 holds 5 twice}; empty when nothing is
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record Verification(Outcome outcome, String detail) {

  /** The verdict. */
  public enum Outcome {
    /** Checked by the rules of the puzzle, and right. */
    CORRECT,
    /** Checked by the rules of the puzzle, and wrong. */
    WRONG,
    /** The puzzle has no rules to check an answer by. */
    UNVERIFIABLE
  }

  /** A right answer. */
  public static final Verification CORRECT = new Verification(Outcome.CORRECT, "");

  /** A puzzle without a verifier. */
  public static final Verification UNVERIFIABLE =
      new Verification(Outcome.UNVERIFIABLE, "this puzzle has no verifier");

  /** Returns a wrong verdict with its reason. */
  public static Verification wrong(String detail) {
    return new Verification(Outcome.WRONG, detail);
  }

  /** Returns whether the answer was checked and is right. */
  public boolean correct() {
    return outcome == Outcome.CORRECT;
  }
}
