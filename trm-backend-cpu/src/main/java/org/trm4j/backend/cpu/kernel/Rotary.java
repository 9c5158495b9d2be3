package org.trm4j.backend.cpu.kernel;

/** Rotary embedding in the half-split form, with tables of cosines and sines for every position. */
public final class Rotary {
  private final float[] cos;
  private final float[] sin;
  private final int half;

  /**
   * Makes the tables.
   *
   * @param base 0 for no rotation
   */
  public Rotary(int length, int headSize, double base) {
    half = base > 0 ? headSize / 2 : 0;
    cos = new float[length * half];
    sin = new float[length * half];
    for (int p = 0; p < length; p++) {
      for (int i = 0; i < half; i++) {
        double angle = p * Math.pow(base, -2.0 * i / headSize);
        cos[p * half + i] = (float) Math.cos(angle);
        sin[p * half + i] = (float) Math.sin(angle);
      }
    }
  }

  /** Rotates rows [length][stride] in place. */
  public void rotate(float[] x, int x0, int length, int stride) {
    for (int p = 0; p < length; p++) {
      row(x, x0 + p * stride, p * half, 1);
    }
  }

  /** Rotates back, which is also the gradient of {@link #rotate}. */
  public void rotateBack(float[] x, int x0, int length, int stride) {
    for (int p = 0; p < length; p++) {
      row(x, x0 + p * stride, p * half, -1);
    }
  }

  private void row(float[] x, int at, int table, float sign) {
    for (int i = 0; i < half; i++) {
      float a = x[at + i];
      float b = x[at + half + i];
      float c = cos[table + i];
      float s = sign * sin[table + i];
      x[at + i] = a * c - b * s;
      x[at + half + i] = b * c + a * s;
    }
  }
}
