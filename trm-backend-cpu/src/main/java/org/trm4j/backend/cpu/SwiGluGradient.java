package org.trm4j.backend.cpu;

import org.trm4j.model.ParameterSpec;

/**
 * The gradient of the SwiGLU sublayer on rows. It leaves what the weight gradients need in shared
 * memory: du [rows, width], the gradient of gate and up [rows, 2 x inner], and the activation
 * [rows, inner].
 */
final class SwiGluGradient {
  final int width;
  final int inner;
  private final Packed gateUp;
  private final Packed gateUpTransposed;
  private final Packed downTransposed;
  private final float[] gateUpGradient;
  private final float[] downGradient;
  private final Kernels kernels;

  SwiGluGradient(ParameterSpec gateUp, ParameterSpec down, Weights weights, Kernels kernels) {
    this.width = gateUp.shape().dim(1);
    this.inner = gateUp.shape().dim(0) / 2;
    this.gateUp = weights.forward(gateUp);
    this.gateUpTransposed = weights.backward(gateUp);
    this.downTransposed = weights.backward(down);
    this.gateUpGradient = weights.gradient(gateUp);
    this.downGradient = weights.gradient(down);
    this.kernels = kernels;
  }

  int sharedSize(int rows) {
    return rows * (width + 3 * inner);
  }

  /** Floats of scratch for {@code rows} rows. */
  int tileSize(int rows) {
    return rows * inner;
  }

  /**
   * Computes rows first..first+count-1 of {@code total}; arrays other than shared start at row
   * {@code first}.
   *
   * @param tile scratch of count x inner floats from {@code to}
   */
  void rows(
      float[] h,
      int ho,
      float[] out,
      int oo,
      float[] scale,
      int so,
      float[] dOut,
      int dO,
      float[] dIn,
      int di,
      float[] shared,
      int total,
      int first,
      int count,
      float[] tile,
      int to) {
    int du = first * width;
    int gate = total * width + first * 2 * inner;
    int activated = total * (width + 2 * inner) + first * inner;
    kernels.rmsNormBackward(out, oo, scale, so, dOut, dO, shared, du, width, count);
    kernels.multiply(h, ho, width, gateUp, shared, gate, 2 * inner, count);
    kernels.multiply(shared, du, width, downTransposed, tile, to, inner, count);
    kernels.siluMulBackward(shared, gate, tile, to, shared, activated, inner, count);
    kernels.multiply(shared, gate, 2 * inner, gateUpTransposed, dIn, di, width, count);
    kernels.add(shared, du, dIn, di, count * width);
  }

  int weightUnits() {
    return 2 * inner + width;
  }

  /**
   * Adds to rows from..to-1 of the stacked gradients of gate-up [2 x inner, width] and down [width,
   * inner].
   */
  void addWeightGradient(int from, int to, float[] h, int ho, float[] shared, int total) {
    int split = 2 * inner;
    if (from < split) {
      kernels.outerAdd(
          shared,
          total * width,
          split,
          h,
          ho,
          width,
          total,
          gateUpGradient,
          width,
          from,
          Math.min(to, split));
    }
    if (to > split) {
      kernels.outerAdd(
          shared,
          0,
          width,
          shared,
          total * (width + 2 * inner),
          inner,
          total,
          downGradient,
          inner,
          Math.max(from, split) - split,
          to - split);
    }
  }
}
