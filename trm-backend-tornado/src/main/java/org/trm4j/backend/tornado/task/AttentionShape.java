package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.memory.OperandLocation;

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

  /** Returns the q, k or v of each row. */
  static OperandLocation part(OperandLocation qkv, int offset) {
    return new OperandLocation(qkv.kind(), qkv.offset() + offset);
  }
}
