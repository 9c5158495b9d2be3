package org.trm4j.backend.cpu.kernel;

/** Normalisation of rows by their root mean square. */
public final class RmsNorm {
  private RmsNorm() {}

  /** {@code out = u * r} with {@code r = 1 / sqrt(mean(u^2) + epsilon)} for one row; returns r. */
  public static float row(
      Kernels kernels, float[] u, int u0, int width, float epsilon, float[] out, int o0) {
    float r = (float) (1 / Math.sqrt(kernels.dot(u, u0, u, u0, width) / (double) width + epsilon));
    kernels.scale(u, u0, width, r, out, o0);
    return r;
  }

  /** {@code du = r * (dOut - out * mean(out * dOut))} for one row. */
  public static void rowBackward(
      Kernels kernels,
      float[] out,
      int o0,
      float[] dOut,
      int d0,
      float r,
      int width,
      float[] du,
      int u0) {
    float mean = kernels.dot(out, o0, dOut, d0, width) / width;
    for (int i = 0; i < width; i++) {
      du[u0 + i] = r * (dOut[d0 + i] - out[o0 + i] * mean);
    }
  }
}
