package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;

/**
 * The SwiGLU sublayer on rows of any width: positions for the channel MLP, channels for the token
 * MLP.
 */
final class SwiGluRows {
  /** Rows whose gate and up values are kept at a time: few enough for the second-level cache. */
  private static final int TILE = 24;

  final int width;
  final int inner;
  private final Packed gateUp;
  private final Packed down;
  private final Kernels kernels;
  private final float epsilon;

  SwiGluRows(
      ParameterSpec gateUp, ParameterSpec down, float epsilon, Weights weights, Kernels kernels) {
    this.width = gateUp.shape().dim(1);
    this.inner = gateUp.shape().dim(0) / 2;
    this.gateUp = weights.forward(gateUp);
    this.down = weights.forward(down);
    this.kernels = kernels;
    this.epsilon = epsilon;
  }

  int tileSize() {
    return TILE * (3 * inner + width);
  }

  /** out[r] = rmsNorm(h[r] + swiGlu(h[r])) for {@code rows} rows. */
  void forward(
      float[] h,
      int ho,
      float[] out,
      int oo,
      float @Nullable [] scale,
      int so,
      int rows,
      float[] tile) {
    int activated = TILE * 2 * inner;
    int result = activated + TILE * inner;
    for (int row = 0; row < rows; row += TILE) {
      int count = Math.min(TILE, rows - row);
      int at = row * width;
      kernels.multiply(h, ho + at, width, gateUp, tile, 0, 2 * inner, count);
      kernels.siluMul(tile, 0, tile, activated, inner, count);
      kernels.multiply(tile, activated, inner, down, tile, result, width, count);
      kernels.addRmsNorm(
          h, ho + at, tile, result, out, oo + at, scale, so + row, width, count, epsilon);
    }
  }
}
