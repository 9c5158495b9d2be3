package org.trm4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.halting.spi.Progress;
import org.trm4j.view.Described;
import org.trm4j.view.Logit;

/**
 * The draft answer after one supervision step. Immutable: arrays are copied, and equality is by
 * content.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Draft {
  private final int attempt;
  private final int step;
  private final int[] tokens;
  private final String text;
  private final String grid;
  private final Verification verification;
  private final float haltLogit;
  private final OptionalDouble stateChange;
  private final float[] cellConfidence;

  private Draft(Builder from) {
    this.attempt = from.attempt;
    this.step = from.step;
    this.tokens = from.tokens;
    this.text = from.text;
    this.grid = from.grid;
    this.verification = from.verification;
    this.haltLogit = from.haltLogit;
    this.stateChange = from.stateChange;
    this.cellConfidence = from.cellConfidence;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the attempt that made it; 0 for the first. */
  public int attempt() {
    return attempt;
  }

  /** Returns the supervision step, 1 for the first. */
  public int step() {
    return step;
  }

  /** Returns a copy of the tokens, [S]: the arg-max of each position. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** Returns the tokens in the puzzle domain's compact form; empty for a model without a domain. */
  public String text() {
    return text;
  }

  /** Returns the tokens in readable form, one line per row; empty for a model without a domain. */
  public String grid() {
    return grid;
  }

  /** Returns whether the puzzle's own rules say that it is right, and if not, why. */
  public Verification verification() {
    return verification;
  }

  /** Returns q_halt; 0 where a transition goes on and the model has no halting head. */
  public float haltLogit() {
    return haltLogit;
  }

  /**
   * Returns {@link Progress.Change#STATE} of this step; empty unless {@link
   * SolveOptions#withDetails} or the solve itself asked for it.
   */
  public OptionalDouble stateChange() {
    return stateChange;
  }

  /**
   * Returns a copy of the probability that the model gives the token of each cell, [S]; empty
   * unless {@link SolveOptions#withDetails} asked for it and the model has logits.
   */
  public float[] cellConfidence() {
    return cellConfidence.clone();
  }

  /**
   * Returns sigmoid(q_halt): how sure the halting head is that the whole answer is right. A model
   * of deduction has no such head: 1 where the grid is full, 0 where it is contradictory, 0.5 until
   * then.
   */
  public double confidence() {
    return Logit.probability(haltLogit);
  }

  /** Returns whether the draft was checked by the puzzle's rules and is right. */
  public boolean verified() {
    return verification.correct();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Draft other
        && attempt == other.attempt
        && step == other.step
        && Arrays.equals(tokens, other.tokens)
        && text.equals(other.text)
        && grid.equals(other.grid)
        && verification.equals(other.verification)
        && Float.compare(haltLogit, other.haltLogit) == 0
        && stateChange.equals(other.stateChange)
        && Arrays.equals(cellConfidence, other.cellConfidence);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        attempt,
        step,
        Arrays.hashCode(tokens),
        text,
        grid,
        verification,
        haltLogit,
        stateChange,
        Arrays.hashCode(cellConfidence));
  }

  /** Returns one line about the draft, and its grid below it. */
  @Override
  public String toString() {
    return Described.lines(
        "Draft %s%s".formatted(step, attempt == 0 ? "" : " of attempt " + attempt),
        verification,
        haltLogit,
        "",
        grid,
        tokens);
  }

  /**
   * Receives every draft as soon as its supervision step is done.
   *
   * <pre>{@code
   * SolveOptions options =
   *     SolveOptions.DEFAULT.withListener((puzzle, draft) -> System.out.println(draft));
   * }</pre>
   *
   * <p>The solving thread calls it between two supervision steps, so a slow listener slows the
   * solve. An exception ends the solve and reaches its caller. A listener may call the model.
   */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes a draft.
     *
     * @param puzzle number of the puzzle among those of the call; 0 for the first
     * @param draft that was made
     */
    void drafted(int puzzle, Draft draft);
  }

  /**
   * Collects a draft, as a test of a host needs it; what is not set is empty, and the step is 1.
   */
  public static final class Builder {
    private int attempt;
    private int step = 1;
    private int[] tokens = {};
    private String text = "";
    private String grid = "";
    private Verification verification = Verification.UNVERIFIABLE;
    private float haltLogit;
    private OptionalDouble stateChange = OptionalDouble.empty();
    private float[] cellConfidence = {};

    Builder() {}

    /** Sets the attempt that made it; 0 for the first. */
    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    /** Sets the supervision step, 1 for the first. */
    public Builder step(int value) {
      step = value;
      return this;
    }

    /** Sets the tokens, [S]. */
    public Builder tokens(int[] value) {
      tokens = value.clone();
      return this;
    }

    /** Sets the tokens in the puzzle domain's compact form. */
    public Builder text(String value) {
      text = value;
      return this;
    }

    /** Sets the tokens in readable form. */
    public Builder grid(String value) {
      grid = value;
      return this;
    }

    /** Sets what the puzzle's own rules say. */
    public Builder verification(Verification value) {
      verification = value;
      return this;
    }

    /** Sets q_halt. */
    public Builder haltLogit(float value) {
      haltLogit = value;
      return this;
    }

    /** Sets {@link Progress.Change#STATE} of this step. */
    public Builder stateChange(double value) {
      stateChange = OptionalDouble.of(value);
      return this;
    }

    /** Sets the probability that the model gives the token of each cell, [S]. */
    public Builder cellConfidence(float[] value) {
      cellConfidence = value.clone();
      return this;
    }

    /** Returns the draft. */
    public Draft build() {
      return new Draft(this);
    }
  }
}
