package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;

/**
 * Rotates the q and k of rows of qkv [L, 3D] by their position, half-split form (arXiv 2104.09864).
 */
final class RotaryEmbedding {
  private final float[] cos;
  private final float[] sin;
  private final int heads;
  private final int size;

  private RotaryEmbedding(int length, int heads, int size, double base) {
    int half = size / 2;
    this.cos = new float[length * half];
    this.sin = new float[length * half];
    this.heads = heads;
    this.size = size;
    for (int p = 0; p < length; p++) {
      for (int i = 0; i < half; i++) {
        double angle = p * Math.pow(base, -2.0 * i / size);
        cos[p * half + i] = (float) Math.cos(angle);
        sin[p * half + i] = (float) Math.sin(angle);
      }
    }
  }

  static @Nullable RotaryEmbedding of(int length, int heads, int size, double base) {
    return base > 0 ? new RotaryEmbedding(length, heads, size, base) : null;
  }

  /**
   * Rotates q and k of row {@code position}; {@code sign} is 1, or -1 to rotate a gradient back.
   */
  void rotate(float[] qkv, int row, int position, float sign) {
    int half = size / 2;
    int table = position * half;
    for (int head = 0; head < 2 * heads; head++) {
      int a = row + head * size;
      int b = a + half;
      for (int i = 0; i < half; i++) {
        float c = cos[table + i];
        float s = sign * sin[table + i];
        float x = qkv[a + i];
        float y = qkv[b + i];
        qkv[a + i] = x * c - y * s;
        qkv[b + i] = y * c + x * s;
      }
    }
  }
}
