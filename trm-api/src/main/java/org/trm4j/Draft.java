package org.trm4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.halting.spi.Progress;
import org.trm4j.view.Described;
import org.trm4j.view.Logit;

/**
 * The draft answer after one supervision step. Immutable: arrays are copied, and equality is by
 * content.
 *
 * @param attempt that made it; 0 for the first
 * @param step 1 for the first
 * @param tokens [S], the arg-max of each position
 * @param text the tokens in the puzzle domain's compact form; empty for a model without a domain
 * @param grid the tokens in readable form, one line per row; empty for a model without a domain
 * @param verification whether the puzzle's own rules say that it is right, and if not, why
 * @param haltLogit q_halt
 * @param stateChange {@link Progress.Change#STATE} of this step; empty unless {@link
 *     SolveOptions#withDetails} or the solve itself asked for it
 * @param cellConfidence [S], the probability that the model gives the token of each cell; empty
 *     unless {@link SolveOptions#withDetails} asked for it and the model has logits
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Draft(
    int attempt,
    int step,
    int[] tokens,
    String text,
    String grid,
    Verification verification,
    float haltLogit,
    OptionalDouble stateChange,
    float[] cellConfidence) {
  /** Copies the arrays. */
  public Draft {
    tokens = tokens.clone();
    cellConfidence = cellConfidence.clone();
  }

  /** Makes a draft of the first attempt of a model without a domain. */
  public Draft(int step, int[] tokens, float haltLogit) {
    this(
        0,
        step,
        tokens,
        "",
        "",
        Verification.UNVERIFIABLE,
        haltLogit,
        OptionalDouble.empty(),
        new float[0]);
  }

  /** Returns a copy of the tokens. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  /** Returns a copy of the cells' probabilities. */
  @Override
  public float[] cellConfidence() {
    return cellConfidence.clone();
  }

  /** Returns sigmoid(q_halt): how sure the halting head is that the whole answer is right. */
  public double confidence() {
    return Logit.probability(haltLogit);
  }

  /** Returns whether the draft was checked by the puzzle's rules and is right. */
  public boolean verified() {
    return verification.correct();
  }

  @Override
  public boolean equals(Object object) {
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
        confidence(),
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
}
