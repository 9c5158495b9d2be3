package org.trm4j;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.view.Described;
import org.trm4j.view.Logit;

/**
 * A model's answer to one puzzle. Immutable: arrays are copied, and equality is by content.
 *
 * @param question [S] tokens
 * @param tokens [S], the answer
 * @param text the answer in the puzzle domain's compact form; empty for a model without a domain
 * @param grid the answer as a person reads it, a line for each row; empty for a model without a
 *     domain
 * @param verification whether the puzzle's own rules say that it is right, and if not, why
 * @param haltLogit q_halt at the last step
 * @param steps supervision steps used
 * @param drafts the draft after every step, in order; empty where they were not kept
 * @param attempt number of the attempt that gave the answer; 0 for the one without noise
 * @param totalSteps supervision steps of all attempts together
 * @param ending why the solve ended
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Answer(
    int[] question,
    int[] tokens,
    String text,
    String grid,
    Verification verification,
    float haltLogit,
    int steps,
    List<Draft> drafts,
    int attempt,
    long totalSteps,
    Ending ending) {
  /** Copies the arrays and the list. */
  public Answer {
    question = question.clone();
    tokens = tokens.clone();
    drafts = List.copyOf(drafts);
  }

  /** Returns a copy of the question's tokens. */
  @Override
  public int[] question() {
    return question.clone();
  }

  /** Returns a copy of the answer's tokens. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  Answer of(long allSteps, Ending why) {
    return new Answer(
        question,
        tokens,
        text,
        grid,
        verification,
        haltLogit,
        steps,
        drafts,
        attempt,
        allSteps,
        why);
  }

  /** Returns sigmoid(q_halt) at the last step. */
  public double confidence() {
    return Logit.probability(haltLogit);
  }

  /** Returns whether the answer was checked by the puzzle's rules and is right. */
  public boolean verified() {
    return verification.correct();
  }

  /**
   * Returns whether an interrupt, a deadline or the caller ended the solve first, so that this is
   * what was known until then; see {@link #ending()}.
   */
  public boolean stopped() {
    return ending.early();
  }

  /**
   * Returns what the puzzle's rules say against the answer, such as {@code row 3 holds 5 twice};
   * empty for a right one.
   */
  public String reason() {
    return verification.detail();
  }

  boolean sameTokens(Answer other) {
    return Arrays.equals(tokens, other.tokens);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Answer other
        && Arrays.equals(question, other.question)
        && Arrays.equals(tokens, other.tokens)
        && text.equals(other.text)
        && grid.equals(other.grid)
        && verification.equals(other.verification)
        && Float.compare(haltLogit, other.haltLogit) == 0
        && steps == other.steps
        && drafts.equals(other.drafts)
        && attempt == other.attempt
        && totalSteps == other.totalSteps
        && ending == other.ending;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(question),
        Arrays.hashCode(tokens),
        text,
        grid,
        verification,
        haltLogit,
        steps,
        drafts,
        attempt,
        totalSteps,
        ending);
  }

  /** Returns one line about the answer, and its grid below it. */
  @Override
  public String toString() {
    return Described.lines(
        "Answer",
        verification,
        confidence(),
        ", %s step%s%s%s, %s"
            .formatted(
                steps,
                steps == 1 ? "" : "s",
                totalSteps == steps ? "" : " (" + totalSteps + " in all attempts)",
                attempt == 0 ? "" : ", attempt " + attempt,
                ending.text()),
        grid,
        tokens);
  }

  /** Why a solve of a puzzle ended. */
  public enum Ending {
    /** The halting policy stopped it. */
    HALTED("the halting policy stopped it"),
    /** The model's transition called its draft the answer. */
    DONE("the model's transition called it done"),
    /** The model's transition gave the attempt up. */
    GIVEN_UP("the model's transition gave the attempt up"),
    /** It took {@link SolveOptions#maxSteps()} supervision steps. */
    STEP_LIMIT("it reached the limit on supervision steps"),
    /** The calling thread was interrupted: this is what was known until then. */
    INTERRUPTED("the thread was interrupted"),
    /** {@link SolveOptions#withTimeout} passed: this is what was known until then. */
    TIMEOUT("its time is over"),
    /** {@link SolveOptions#withStop} asked for it: this is what was known until then. */
    REQUESTED("it was asked to stop");

    private final String text;

    Ending(String text) {
      this.text = text;
    }

    /** Returns whether something from outside ended the solve before its own end. */
    public boolean early() {
      return switch (this) {
        case HALTED, DONE, GIVEN_UP, STEP_LIMIT -> false;
        case INTERRUPTED, TIMEOUT, REQUESTED -> true;
      };
    }

    static Ending of(SolveStoppedException.Reason reason) {
      return switch (reason) {
        case INTERRUPTED -> INTERRUPTED;
        case TIMEOUT -> TIMEOUT;
        case REQUESTED -> REQUESTED;
      };
    }

    /** Returns the reason as the end of a sentence, such as {@code its time is over}. */
    public String text() {
      return text;
    }
  }
}
