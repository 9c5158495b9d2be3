package org.trm4j.tck.sample;

import org.apiguardian.api.API;

/**
 * Sizes of an operation.
 *
 * @param tokens S
 * @param prefix P
 * @param hidden D
 * @param inner inner width of a SwiGLU
 * @param heads H; D / H is even where positions are rotated
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record OperationSizes(int tokens, int prefix, int hidden, int inner, int heads) {
  public int length() {
    return tokens + prefix;
  }

  /** Returns V: at least 2, and a row for each of the first 40 tokens. */
  public int vocabulary() {
    return Math.clamp(tokens, 2, 40);
  }

  /** Returns the width of the puzzle embedding: the last prefix row is half empty. */
  public int puzzleWidth() {
    return prefix == 0 ? 0 : prefix * hidden - hidden / 2;
  }

  @Override
  public String toString() {
    return "[L=%s, D=%s], inner %s, %s heads, %s of the rows before the tokens"
        .formatted(length(), hidden, inner, heads, prefix);
  }
}
