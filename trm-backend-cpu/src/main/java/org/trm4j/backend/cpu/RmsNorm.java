package org.trm4j.backend.cpu;

/** Normalisation by the root mean square, along rows or along the columns of a panel. */
final class RmsNorm {
  private RmsNorm() {}

  /** {@code out = u * r} with {@code r = 1 / sqrt(mean(u^2) + epsilon)} for one row; returns r. */
  static float row(
      Kernels kernels, float[] u, int u0, int width, float epsilon, float[] out, int o0) {
    float r = (float) (1 / Math.sqrt(kernels.dot(u, u0, u, u0, width) / (double) width + epsilon));
    for (int i = 0; i < width; i++) {
      out[o0 + i] = u[u0 + i] * r;
    }
    return r;
  }

  /** {@code du = r * (dOut - out * mean(out * dOut))} for one row. */
  static void rowBackward(
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

  /**
   * {@link #row} for each column of u [rows][panel], in place; {@code r} [panel] receives the
   * factors.
   */
  static void columns(float[] u, int u0, int rows, int panel, float epsilon, float[] r, int r0) {
    for (int j = 0; j < panel; j++) {
      r[r0 + j] = 0;
    }
    for (int i = 0; i < rows; i++) {
      int at = u0 + i * panel;
      for (int j = 0; j < panel; j++) {
        r[r0 + j] += u[at + j] * u[at + j];
      }
    }
    for (int j = 0; j < panel; j++) {
      r[r0 + j] = (float) (1 / Math.sqrt(r[r0 + j] / (double) rows + epsilon));
    }
    for (int i = 0; i < rows; i++) {
      int at = u0 + i * panel;
      for (int j = 0; j < panel; j++) {
        u[at + j] *= r[r0 + j];
      }
    }
  }

  /**
   * {@link #rowBackward} for each column; {@code du} holds dOut and receives the result, {@code
   * mean} is scratch.
   */
  static void columnsBackward(
      float[] out,
      int o0,
      float[] du,
      int d0,
      int rows,
      int panel,
      float[] r,
      int r0,
      float[] mean,
      int m0) {
    for (int j = 0; j < panel; j++) {
      mean[m0 + j] = 0;
    }
    for (int i = 0; i < rows * panel; i += panel) {
      for (int j = 0; j < panel; j++) {
        mean[m0 + j] += out[o0 + i + j] * du[d0 + i + j];
      }
    }
    for (int j = 0; j < panel; j++) {
      mean[m0 + j] /= rows;
    }
    for (int i = 0; i < rows * panel; i += panel) {
      for (int j = 0; j < panel; j++) {
        du[d0 + i + j] = r[r0 + j] * (du[d0 + i + j] - out[o0 + i + j] * mean[m0 + j]);
      }
    }
  }
}
