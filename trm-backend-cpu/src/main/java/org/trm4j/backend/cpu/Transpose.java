package org.trm4j.backend.cpu;

/** Copies between [L, D] and rows of channels. */
final class Transpose {
  private static final int BLOCK = 16;

  private Transpose() {}

  /**
   * target[c - from, l] = source[l, c] for from &lt;= c &lt; to; rows of target are {@code length}
   * long.
   */
  static void columns(
      float[] source,
      int so,
      int width,
      int length,
      int from,
      int to,
      float[] target,
      int target0) {
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(block + BLOCK, to);
      for (int l = 0; l < length; l++) {
        int row = so + l * width;
        for (int c = block; c < end; c++) {
          target[target0 + (c - from) * length + l] = source[row + c];
        }
      }
    }
  }

  /**
   * target[l, c] = source[c - from, l] for from &lt;= c &lt; to; rows of source are {@code length}
   * long.
   */
  static void rows(
      float[] source,
      int so,
      int width,
      int length,
      int from,
      int to,
      float[] target,
      int target0) {
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(block + BLOCK, to);
      for (int l = 0; l < length; l++) {
        int row = target0 + l * width;
        for (int c = block; c < end; c++) {
          target[row + c] = source[so + (c - from) * length + l];
        }
      }
    }
  }
}
