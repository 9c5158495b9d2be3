package org.trm4j;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * The draft answer after one supervision step. Immutable: the tokens are copied, and equality is by
 * content.
 *
 * @param step 1 for the first
 * @param tokens [S], the arg-max of each position
 * @param haltLogit q_halt
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Draft(int step, int[] tokens, float haltLogit) {
  /** Copies the tokens. */
  public Draft {
    tokens = tokens.clone();
  }

  /** Returns a copy of the tokens. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  /** Returns sigmoid(q_halt): how sure the halting head is that the whole answer is right. */
  public double confidence() {
    return Logit.probability(haltLogit);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Draft other
        && step == other.step
        && Float.compare(haltLogit, other.haltLogit) == 0
        && Arrays.equals(tokens, other.tokens);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * step + Arrays.hashCode(tokens)) + Float.hashCode(haltLogit);
  }

  @Override
  public String toString() {
    return "Draft[step=%d, tokens=%s, haltLogit=%s]"
        .formatted(step, Arrays.toString(tokens), haltLogit);
  }
}
