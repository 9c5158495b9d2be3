package org.trm4j.backend.cpu;

/** The place of the greatest value. */
final class ArgMax {
  private ArgMax() {}

  /** Returns the index of the first of the greatest values; 0 when all are NaN. */
  static int of(float[] x, int from, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (x[from + i] > x[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
