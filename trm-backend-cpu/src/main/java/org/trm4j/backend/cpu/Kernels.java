package org.trm4j.backend.cpu;

/**
 * The numerical kernels. Matrices are row-major slices of arrays: array, offset of the first
 * element, row stride. A row's result never depends on how many rows are computed together, so that
 * work may be split anywhere.
 */
interface Kernels {

  /** Packs W [out, in] for y = W x; {@code target} has {@link #packedSize} floats. */
  void pack(float[] w, int out, int in, float[] target);

  /** Packs the transpose of W [out, in], for y = W^T x. */
  void packTransposed(float[] w, int out, int in, float[] target);

  /** Floats that a packed map from {@code in} to {@code out} values needs. */
  int packedSize(int in, int out);

  /** y[r] = W x[r] for each row. */
  void multiply(float[] x, int xo, int ldx, Packed w, float[] y, int yo, int ldy, int rows);

  /**
   * dw[o, i] += sum over rows r of dy[r, o] * x[r, i], for outFrom &lt;= o &lt; outTo; rows are
   * added in order.
   *
   * @param in columns of dw, also its row stride
   */
  void outerAdd(
      float[] dy,
      int dyo,
      int lddy,
      float[] x,
      int xo,
      int ldx,
      int rows,
      float[] dw,
      int in,
      int outFrom,
      int outTo);

  /**
   * a[r, i] = silu(gu[r, i]) * gu[r, inner + i]; rows of gu are 2 x inner long, rows of a inner.
   */
  void siluMul(float[] gateUp, int go, float[] a, int ao, int inner, int rows);

  /**
   * Overwrites gateUp with its gradient, given the gradient of a, and writes a as {@link #siluMul}
   * does.
   */
  void siluMulBackward(
      float[] gateUp, int go, float[] aGradient, int do_, float[] a, int ao, int inner, int rows);

  /**
   * out[r] = (h[r] + f[r]) * s, s = rsqrt(mean of squares + epsilon); writes s to scale[so + r]
   * unless scale is null.
   */
  void addRmsNorm(
      float[] h,
      int ho,
      float[] f,
      int fo,
      float[] out,
      int oo,
      float @org.jspecify.annotations.Nullable [] scale,
      int so,
      int width,
      int rows,
      float epsilon);

  /** du[r] = scale[r] * (dOut[r] - out[r] * mean(out[r] * dOut[r])). */
  void rmsNormBackward(
      float[] out,
      int oo,
      float[] scale,
      int so,
      float[] dOut,
      int dO,
      float[] du,
      int duo,
      int width,
      int rows);

  /** y += x. */
  void add(float[] x, int xo, float[] y, int yo, int count);

  /** Attention of one head for queries from..to-1; see {@link AttentionHead}. */
  void attend(AttentionHead head, int from, int to);

  /** Gradient of one head; overwrites the head's columns of dqkv. */
  void attendBackward(AttentionHead head);

  /** One AdamATan2 update and moving average of elements from..to-1. */
  void update(AdamState state, int from, int to);
}
