package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;

/**
 * One head's slices: q, k, v are columns of qkv [L, 3D] (already rotated), o of attended [L, D].
 *
 * @param qkv [L, 3D]
 * @param qkvOffset first element of row 0
 * @param attended [L, D], the output (or, in backward, what forward wrote)
 * @param attendedOffset first element of row 0
 * @param logSumExp [H, L], written by forward where not null, read by backward
 * @param lseOffset first element of row 0
 * @param attendedGradient [L, D], only in backward
 * @param attendedGradientOffset first element of row 0
 * @param qkvGradient [L, 3D], only in backward
 * @param qkvGradientOffset first element of row 0
 * @param scratch working memory of {@link #scratchSize}
 * @param scratchOffset its first element
 * @param head the head
 * @param length L
 * @param width D
 * @param size Dh
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
record AttentionHead(
    float[] qkv,
    int qkvOffset,
    float[] attended,
    int attendedOffset,
    float @Nullable [] logSumExp,
    int lseOffset,
    float[] attendedGradient,
    int attendedGradientOffset,
    float[] qkvGradient,
    int qkvGradientOffset,
    float[] scratch,
    int scratchOffset,
    int head,
    int length,
    int width,
    int size) {

  /** Floats of scratch for a head: k and v transposed, and two rows of scores. */
  static int scratchSize(int length, int size) {
    return 2 * length * size + 2 * length;
  }

  int query(int row) {
    return qkvOffset + row * 3 * width + head * size;
  }

  int key(int row) {
    return query(row) + width;
  }

  int value(int row) {
    return query(row) + 2 * width;
  }

  int out(int row) {
    return attendedOffset + row * width + head * size;
  }
}
