package org.trm4j;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.view.Described;
import org.trm4j.view.Logit;

/** A model's answer to one puzzle. Immutable: arrays are copied, and equality is by content. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Answer {
  private final int[] question;
  private final int[] tokens;
  private final String text;
  private final String grid;
  private final Verification verification;
  private final float haltLogit;
  private final int steps;
  private final List<Draft> drafts;
  private final int attempt;
  private final long totalSteps;
  private final Ending ending;

  private Answer(Builder from) {
    this.question = from.question;
    this.tokens = from.tokens;
    this.text = from.text;
    this.grid = from.grid;
    this.verification = from.verification;
    this.haltLogit = from.haltLogit;
    this.steps = from.steps;
    this.drafts = from.drafts;
    this.attempt = from.attempt;
    this.totalSteps = from.totalSteps;
    this.ending = from.ending;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a copy of the tokens of the question, [S]. */
  public int[] question() {
    return question.clone();
  }

  /** Returns a copy of the tokens of the answer, [S]. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** Returns the answer in the puzzle domain's compact form; empty for a model without a domain. */
  public String text() {
    return text;
  }

  /**
   * Returns the answer as a person reads it, a line for each row; empty for a model without a
   * domain.
   */
  public String grid() {
    return grid;
  }

  /** Returns whether the puzzle's own rules say that it is right, and if not, why. */
  public Verification verification() {
    return verification;
  }

  /**
   * Returns q_halt at the last step; 0 where a transition was to go on and the model has no halting
   * head.
   */
  public float haltLogit() {
    return haltLogit;
  }

  /** Returns the supervision steps used. */
  public int steps() {
    return steps;
  }

  /** Returns the draft after every step, in order; empty where they were not kept. */
  public List<Draft> drafts() {
    return drafts;
  }

  /** Returns the number of the attempt that gave the answer; 0 for the one without noise. */
  public int attempt() {
    return attempt;
  }

  /** Returns the supervision steps of all attempts together. */
  public long totalSteps() {
    return totalSteps;
  }

  /** Returns why the solve ended. */
  public Ending ending() {
    return ending;
  }

  Answer of(long allSteps, Ending why) {
    return new Builder()
        .question(question)
        .tokens(tokens)
        .text(text)
        .grid(grid)
        .verification(verification)
        .haltLogit(haltLogit)
        .steps(steps)
        .drafts(drafts)
        .attempt(attempt)
        .totalSteps(allSteps)
        .ending(why)
        .build();
  }

  /**
   * Returns sigmoid(q_halt) at the last step; 0.5 where nothing was found out, see {@link
   * Draft#confidence}.
   */
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
  public boolean equals(@Nullable Object object) {
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
        haltLogit,
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

  /**
   * Collects an answer, as a test of a host needs it; what is not set is empty, and steps are 1.
   */
  public static final class Builder {
    private int[] question = {};
    private int[] tokens = {};
    private String text = "";
    private String grid = "";
    private Verification verification = Verification.UNVERIFIABLE;
    private float haltLogit;
    private int steps = 1;
    private List<Draft> drafts = List.of();
    private int attempt;
    private long totalSteps = 1;
    private Ending ending = Ending.HALTED;

    Builder() {}

    /** Sets the tokens of the question, [S]. */
    public Builder question(int[] value) {
      question = value.clone();
      return this;
    }

    /** Sets the tokens of the answer, [S]. */
    public Builder tokens(int[] value) {
      tokens = value.clone();
      return this;
    }

    /** Sets the answer in the puzzle domain's compact form. */
    public Builder text(String value) {
      text = value;
      return this;
    }

    /** Sets the answer as a person reads it. */
    public Builder grid(String value) {
      grid = value;
      return this;
    }

    /** Sets what the puzzle's own rules say. */
    public Builder verification(Verification value) {
      verification = value;
      return this;
    }

    /** Sets q_halt at the last step. */
    public Builder haltLogit(float value) {
      haltLogit = value;
      return this;
    }

    /** Sets the supervision steps used. */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /** Sets the draft after every step, in order. */
    public Builder drafts(List<Draft> value) {
      drafts = List.copyOf(value);
      return this;
    }

    /** Sets the number of the attempt that gave the answer. */
    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    /** Sets the supervision steps of all attempts together. */
    public Builder totalSteps(long value) {
      totalSteps = value;
      return this;
    }

    /** Sets why the solve ended. */
    public Builder ending(Ending value) {
      ending = value;
      return this;
    }

    /** Returns the answer. */
    public Answer build() {
      return new Answer(this);
    }
  }
}
