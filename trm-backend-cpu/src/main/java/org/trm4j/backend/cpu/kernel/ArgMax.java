package org.trm4j.backend.cpu.kernel;

/** The index of the greatest value. */
public final class ArgMax {
  private ArgMax() {}

  /** Returns the index of the first of the greatest values; 0 when all are NaN. */
  public static int of(float[] x, int from, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (x[from + i] > x[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
