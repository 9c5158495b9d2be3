package org.trm4j.backend.cpu.kernel;

/** Products whose reduction is cut so that a panel's part stays in the L1 cache. */
public final class Blocks {
  private Blocks() {}

  /** {@link Kernels#multiply} for any reduction length. */
  public static void multiply(
      Kernels kernels,
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
      boolean add) {
    int depth = kernels.depth();
    int panel = kernels.panel();
    for (int p = 0; p < k; p += depth) {
      kernels.multiply(
          a,
          a0 + p,
          lda,
          rows,
          Math.min(depth, k - p),
          b,
          b0 + p * panel,
          c,
          c0,
          ldc,
          add || p > 0);
    }
  }

  /** Returns {@code n} rounded up to a multiple of {@code step}. */
  public static int roundUp(int n, int step) {
    return (n + step - 1) / step * step;
  }
}
