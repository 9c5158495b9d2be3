package org.trm4j.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;

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

  /** Returns the rows of the tallest register tile: blocks of rows are best a multiple of it. */
  int tileRows();

  /**
   * Returns the longest reduction to give to {@link #multiply} at once so that a panel stays in the
   * L1 cache.
   */
  int depth();

  /** Returns a short description of what it runs on. */
  String description();

  /**
   * Returns memory for right factors, filled with zeros. Where aligned loads are faster it is off
   * the heap and aligned to a cache line, because the garbage collector moves arrays. It is freed
   * once it is unreachable.
   */
  MemorySegment allocate(int floats);

  /** Returns the number of floats that {@link #left} may write. */
  int leftFloats(int rows, int k);

  /**
   * Prepares a left factor for several products: packs it in the order in which they read it, or
   * leaves it in place.
   *
   * @param a element (i, p) at {@code a0 + i * rowStride + p * columnStride}
   * @param scratch {@link #leftFloats} floats from {@code s0}, which the factor may lie in
   */
  Left left(
      float[] a, int a0, int rowStride, int columnStride, int rows, int k, float[] scratch, int s0);

  /**
   * {@code c[i][j] (+)= sum over p < k of a[i][from + p] * b[p][j]} for the rows i of a, j &lt; NR.
   * An element is the same bit for bit whatever rows are computed with it, and whether or not a is
   * packed.
   *
   * @param b a panel [k][NR] from {@code b0}, in {@link #allocate}'s memory
   * @param c rows of stride {@code ldc} from {@code c0}
   * @param add whether to add to c or to overwrite it
   */
  void multiply(
      Left a, int from, int k, MemorySegment b, int b0, float[] c, int c0, int ldc, boolean add);

  /** Returns {@code sum a[i] * b[i]}. */
  float dot(float[] a, int a0, float[] b, int b0, int n);

  /** {@code c[i] += a[i] * b[i]}. */
  void multiplyAdd(float[] a, int a0, float[] b, int b0, int n, float[] c, int c0);

  /**
   * {@code out[i][j] = silu(gate[i][j]) * up[i][j]}; gate and up are panels, out has rows of stride
   * {@code ldo}.
   */
  void swiGlu(float[] gate, int g0, float[] up, int u0, int rows, float[] out, int o0, int ldo);

  /** The same with a panel in {@link #allocate}'s memory as out. */
  void swiGluPanel(float[] gate, int g0, float[] up, int u0, int rows, MemorySegment out, int o0);

  /**
   * The gradient of {@code act = silu(gate) * up}, in place: gate becomes its gradient, up its
   * gradient, and {@code act}, which holds the gradient of act, becomes act.
   */
  void swiGluBackward(float[] gate, int g0, float[] up, int u0, float[] act, int a0, int n);

  /** Returns the maximum of {@code s}; if {@code s} holds a NaN, returns NaN or any element. */
  float max(float[] s, int s0, int n);

  /** {@code s[i] = exp(s[i] * scale - shift)}; returns the sum. */
  float expSum(float[] s, int s0, int n, float scale, float shift);

  /**
   * One round of the online softmax over the columns of a panel of scores [rows][NR]: with {@code m
   * = max(max, scale * scores)}, {@code out = exp(scale * score - m)}, total becomes {@code total *
   * exp(max - m)} plus the column's sum, and max becomes m.
   *
   * @param state max, total and {@code exp(max - m)}, which is written, each [NR] from {@code s0}
   * @param out a panel in {@link #allocate}'s memory
   */
  void softmaxPanel(
      float[] scores,
      int c0,
      int rows,
      float scale,
      float[] state,
      int s0,
      MemorySegment out,
      int o0);

  /** {@code x[i][j] *= factors[j]} for a panel [rows][NR]. */
  void scaleColumns(float[] x, int x0, int rows, float[] factors, int f0);

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

  /** Copies rows of NR floats, of stride {@code ldx}, to a panel in {@link #allocate}'s memory. */
  void loadPanel(float[] x, int x0, int ldx, int rows, MemorySegment out, int o0);

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

  /**
   * {@code m = b1 * m + (1 - b1) * g}, {@code v = b2 * v + (1 - b2) * g^2} for {@code from <= i <
   * to}. If v is subnormal, v and m are set to 0: such a v comes from gradients below 1e-19. A
   * subnormal m is set to 0 as well. Arithmetic on subnormal numbers is many times slower, and the
   * moments of a parameter without further gradients would stay subnormal for good.
   */
  void moments(float[] g, float[] m, float[] v, int from, int to, double b1, double b2);

  /** {@code out[i] = atan2(m[i], sqrt(v[i]) * correction)} with v not negative; 0 for 0 / 0. */
  void angles(float[] m, float[] v, int from, int n, float correction, float[] out);
}
