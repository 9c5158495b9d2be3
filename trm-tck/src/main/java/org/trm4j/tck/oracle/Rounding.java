package org.trm4j.tck.oracle;

/**
 * What is rounded to bfloat16 (8 significant bits, ties to even). Sums stay in double precision.
 */
enum Rounding {
  NONE,

  /** The factors of the layers' products. */
  FACTORS,

  /**
   * The factors of all products, and every value that one operation of the published code passes to
   * the next, as with its {@code forward_dtype: bfloat16}.
   */
  ALL;

  /** Returns how the factors of the output heads are rounded. */
  Rounding ofHeads() {
    return this == ALL ? ALL : NONE;
  }

  /** Returns a factor of a product as it is used. */
  double of(double x) {
    if (this == NONE || Double.isNaN(x)) {
      return x;
    }
    int bits = Float.floatToRawIntBits((float) x);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
  }

  /** Returns a value that is passed on, as it is stored. */
  double kept(double x) {
    return this == ALL ? of(x) : x;
  }

  double[] of(double[] x) {
    if (this == NONE) {
      return x;
    }
    double[] rounded = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      rounded[i] = of(x[i]);
    }
    return rounded;
  }

  double[] kept(double[] x) {
    return this == ALL ? of(x) : x;
  }
}
