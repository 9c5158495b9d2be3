package org.trm4j.tck.oracle;

/** Functions of one number. */
final class Scalars {
  private Scalars() {}

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Returns the s(x) of StableMax: x + 1 for x &gt;= 0 and 1 / (1 - x) else. */
  static double stable(double x) {
    return x >= 0 ? x + 1 : 1 / (1 - x);
  }

  /** Returns the derivative of {@link #stable}. */
  static double stableSlope(double x) {
    return x >= 0 ? 1 : 1 / ((1 - x) * (1 - x));
  }

  /** Returns the binary cross-entropy of a logit. */
  static double crossEntropy(double logit, double target) {
    return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
  }
}
