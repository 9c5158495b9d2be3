package org.trm4j.tck.oracle;

/** How the factors of a product are rounded; sums stay in double precision. */
enum Rounding {
  NONE,
  /** To 8 significant bits, nearest even. */
  BFLOAT16;

  double of(double x) {
    if (this == NONE || Double.isNaN(x)) {
      return x;
    }
    int bits = Float.floatToRawIntBits((float) x);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
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
}
