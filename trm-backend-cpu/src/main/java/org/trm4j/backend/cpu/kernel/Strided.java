package org.trm4j.backend.cpu.kernel;

/** Left factors of kernels that read rows in place. */
public final class Strided {
  private Strided() {}

  /** {@link Kernels#left}: the rows themselves, or a copy if their elements are not adjacent. */
  public static Left left(
      float[] a,
      int a0,
      int rowStride,
      int columnStride,
      int rows,
      int k,
      float[] scratch,
      int s0) {
    if (columnStride == 1) {
      return Left.of(a, a0, rowStride, rows);
    }
    for (int p = 0; p < k; p++) {
      for (int i = 0; i < rows; i++) {
        scratch[s0 + i * k + p] = a[a0 + i * rowStride + p * columnStride];
      }
    }
    return Left.of(scratch, s0, k, rows);
  }
}
