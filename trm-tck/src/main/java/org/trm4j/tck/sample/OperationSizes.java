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
 * @param columns of the grid of a convolution; 0 for none
 * @param kernelSize K of a convolution
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record OperationSizes(
    int tokens, int prefix, int hidden, int inner, int heads, int columns, int kernelSize) {
  /** Sizes of an operation without a grid. */
  OperationSizes(int tokens, int prefix, int hidden, int inner, int heads) {
    this(tokens, prefix, hidden, inner, heads, 0, 3);
  }

  /** Sizes of a convolution over a grid. */
  static OperationSizes grid(int rows, int columns, int hidden, int kernelSize) {
    return new OperationSizes(rows * columns, 0, hidden, 256, 1, columns, kernelSize);
  }

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
    if (columns > 0) {
      return "[L=%s, D=%s], %s columns, K=%s".formatted(length(), hidden, columns, kernelSize);
    }
    return "[L=%s, D=%s], inner %s, %s heads, %s of the rows before the tokens"
        .formatted(length(), hidden, inner, heads, prefix);
  }
}
