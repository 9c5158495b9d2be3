package org.trm4j.backend.tornado.task;

/**
 * Sizes of attention.
 *
 * @param heads H
 * @param length L
 * @param size D / H
 */
record AttentionShape(int heads, int length, int size) {
  int scores() {
    return Math.multiplyExact(heads, Math.multiplyExact(length, length));
  }

  int rows() {
    return Math.multiplyExact(heads, length);
  }

  int width() {
    return heads * size;
  }

  float scale() {
    return (float) (1 / Math.sqrt(size));
  }
}
