package org.trm4j.backend.cpu;

/** The index of the largest value; the first of equal ones. */
final class ArgMax {
  private ArgMax() {}

  static int of(float[] values, int offset, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }
}
