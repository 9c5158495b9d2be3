package org.trm4j.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;

/** Products whose reduction is cut into parts, so that a part of a panel stays in the L1 cache. */
public final class Blocks {
  private Blocks() {}

  /** {@link Kernels#multiply} for any reduction length. */
  public static void multiply(
      Kernels kernels,
      Left a,
      int from,
      int k,
      MemorySegment b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    int depth = kernels.depth();
    int panel = kernels.panel();
    for (int p = 0; p < k; p += depth) {
      int length = Math.min(depth, k - p);
      kernels.multiply(a, from + p, length, b, b0 + p * panel, c, c0, ldc, add || p > 0);
    }
  }

  /** Returns {@code n} rounded up to a multiple of {@code step}. */
  public static int roundUp(int n, int step) {
    return (n + step - 1) / step * step;
  }
}
