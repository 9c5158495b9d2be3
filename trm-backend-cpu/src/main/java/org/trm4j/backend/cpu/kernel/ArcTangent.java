package org.trm4j.backend.cpu.kernel;

/**
 * The arc tangent in double precision by the rational approximation of the Cephes library, several
 * times as fast as {@link Math#atan2} and as accurate once the result is rounded to single
 * precision.
 */
public final class ArcTangent {
  private static final double STEEP = 2.41421356237309504880;
  private static final double FLAT = 0.66;

  private ArcTangent() {}

  /** Returns atan2(y, x) for {@code x >= 0}; 0 for 0 / 0. */
  static double ofQuotient(double y, double x) {
    double a = Math.abs(y);
    if (a == 0) {
      return y;
    }
    double t;
    double base;
    if (a > STEEP * x) {
      t = -x / a;
      base = Math.PI / 2;
    } else if (a > FLAT * x) {
      t = (a - x) / (a + x);
      base = Math.PI / 4;
    } else {
      t = a / x;
      base = 0;
    }
    double z = t * t;
    double p =
        (((-8.750608600031904122785e-1 * z - 1.615753718733365076637e1) * z
                            - 7.500855792314704667340e1)
                        * z
                    - 1.228866684490136173410e2)
                * z
            - 6.485021904942025371773e1;
    double q =
        ((((z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2) * z
                            + 4.328810604912902668951e2)
                        * z
                    + 4.853903996359136964868e2)
                * z
            + 1.945506571482613964425e2;
    return Math.copySign(base + (t * (z * p / q) + t), y);
  }
}
