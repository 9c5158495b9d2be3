package org.trm4j.backend.cpu.kernel;

/**
 * The inner loops that a CPU backend needs in a vector and in a scalar form.
 *
 * <p>A <i>panel</i> is a block of {@link #panel()} = NR columns stored row by row, [rows][NR].
 * Results do not depend on how callers split rows among threads: each element is computed by the
 * same operations in the same order.
 */
public interface Kernels {

  /** Returns NR, the columns of a panel. */
  int panel();

  /**
   * Returns how long a reduction {@link #multiply} should be given at once, so that a panel stays
   * in the L1 cache.
   */
  int depth();

  /** Returns a few words about what it runs on. */
  String description();

  /**
   * {@code c[i][j] (+)= sum over p < k of a[i][p] * b[p][j]} for i &lt; rows, j &lt; NR.
   *
   * @param a rows of stride {@code lda} from {@code a0}
   * @param b a panel [k][NR] from {@code b0}
   * @param c rows of stride {@code ldc} from {@code c0}
   * @param add whether to add to c or to overwrite it
   */
  void multiply(
      float[] a,
      int a0,
      int lda,
      int rows,
      int k,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add);

  /** Returns {@code sum a[i] * b[i]}. */
  float dot(float[] a, int a0, float[] b, int b0, int n);

  /**
   * {@code out[i][j] = silu(gate[i][j]) * up[i][j]}; gate and up are panels, out has rows of stride
   * {@code ldo}.
   */
  void swiGlu(float[] gate, int g0, float[] up, int u0, int rows, float[] out, int o0, int ldo);

  /**
   * The gradient of {@code act = silu(gate) * up}, in place: gate becomes its gradient, up its
   * gradient, and {@code act}, which holds the gradient of act, becomes act.
   */
  void swiGluBackward(float[] gate, int g0, float[] up, int u0, float[] act, int a0, int n);

  /** Returns the maximum of {@code s}; NaN or any element when there is a NaN. */
  float max(float[] s, int s0, int n);

  /** {@code s[i] = exp(s[i] * scale - shift)}; returns the sum. */
  float expSum(float[] s, int s0, int n, float scale, float shift);

  /**
   * The gradient of a row of attention weights, keys by queries: {@code p[i] = exp(s[i] * scale -
   * logSumExp[i])} replaces s, {@code scale * p[i] * (dp[i] - delta[i])} replaces dp.
   */
  void softmaxBackward(
      float[] s,
      int s0,
      float[] dp,
      int d0,
      int n,
      float scale,
      float[] logSumExp,
      int l0,
      float[] delta,
      int e0);

  /** {@code out[i] = x[i] * factor}; out may be x. */
  void scale(float[] x, int x0, int n, float factor, float[] out, int o0);

  /**
   * {@code x[x0 + i] += sigma * n} for i &lt; count, n being {@link
   * org.trm4j.plan.GaussianNoise#value} of the stream and {@code element + i}.
   */
  void addNormals(float[] x, int x0, int element, int count, float sigma, long stream);

  /** Copies rows of NR floats, of stride {@code ldx}, to rows of stride {@code ldo}. */
  void copyPanel(float[] x, int x0, int ldx, int rows, float[] out, int o0, int ldo);

  /**
   * {@link RmsNorm#row} for each column of a panel u [rows][NR], in place; {@code r} [NR] receives
   * the factors.
   */
  void normColumns(float[] u, int u0, int rows, float epsilon, float[] r, int r0);

  /**
   * {@link RmsNorm#rowBackward} for each column of panels [rows][NR]; {@code du} holds the gradient
   * of out and receives the result.
   */
  void normColumnsBackward(float[] out, int o0, float[] du, int d0, int rows, float[] r, int r0);

  /** {@code out[i] = atan2(m[i], sqrt(v[i]) * correction)} with v not negative; 0 for 0 / 0. */
  void angles(float[] m, float[] v, int from, int n, float correction, float[] out);
}
