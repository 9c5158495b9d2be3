package org.trm4j.tck;

import java.util.Locale;

/**
 * Compares what a backend computed with the oracle. A NaN or an infinity must match exactly; a
 * finite value may differ by rounding, which grows with the length of the sums behind it.
 *
 * @param what the operation and value, for messages
 * @param shape the operation's sizes, for messages
 * @param seed of the inputs, for messages
 * @param reduction the longest sum behind a value
 * @param sensitivity how much the oracle's own values change when every input is off by one
 *     rounding, which allows for cancellation
 * @param products how the factors of products are rounded
 * @param steps the number of successive roundings that may have gone the other way
 */
record Comparison(
    String what,
    String shape,
    long seed,
    int reduction,
    double sensitivity,
    BackendContract.ProductPrecision products,
    int steps) {
  private static final double ROUNDING = 0x1p-24;

  /** Products in single precision. */
  Comparison(String what, String shape, long seed, int reduction, double sensitivity) {
    this(what, shape, seed, reduction, sensitivity, BackendContract.ProductPrecision.SINGLE, 1);
  }

  /** Fails with one line unless all values agree. */
  void check(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw failure("%s values, expected %s".formatted(actual.length, expected.length));
    }
    double scale = rootMeanSquare(expected);
    for (int i = 0; i < expected.length; i++) {
      float a = actual[i];
      float e = expected[i];
      if (Float.isFinite(e)) {
        // Written so that a NaN fails: every comparison with it is false.
        if (!(Math.abs((double) a - e) <= tolerance(e, scale))) {
          throw failure(
              String.format(
                  Locale.ROOT,
                  "at index %s found %s, expected %s (+- %.3g)",
                  i,
                  a,
                  e,
                  tolerance(e, scale)));
        }
      } else if (Float.compare(a, e) != 0) {
        throw failure("at index %s found %s, expected %s".formatted(i, a, e));
      }
    }
  }

  private double tolerance(float expected, double scale) {
    double relative = ROUNDING * (32 + 4 * Math.sqrt(reduction)) + steps * products.rounding();
    // Below the smallest normal number a backend may flush to zero.
    return relative * Math.max(Math.abs(expected), scale)
        + 16 * sensitivity
        + 100 * Float.MIN_NORMAL;
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        sum += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }

  private AssertionError failure(String text) {
    return new AssertionError(
        String.format(Locale.ROOT, "%s, %s, seed %s: %s", what, shape, seed, text));
  }
}
