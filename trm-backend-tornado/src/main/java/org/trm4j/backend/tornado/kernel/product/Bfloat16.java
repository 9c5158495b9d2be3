package org.trm4j.backend.tornado.kernel.product;

/**
 * Rounding to bfloat16 by arithmetic alone, because not every device lets a kernel read the bits of
 * a float. Each step is exact, so no compiler's contraction changes the result. Conditions are
 * single comparisons: TornadoVM loses a negation in {@code a || b && c}.
 */
public final class Bfloat16 {
  /** The range of a significand: 8 bits, the first of which is always 1. */
  private static final float UNITS = 128f;

  private Bfloat16() {}

  /**
   * Returns the nearest bfloat16, ties to even. Subnormal numbers become 0, as in matrix units;
   * infinities become NaN.
   */
  @SuppressWarnings("IdentityBinaryExpression")
  public static float round(float x) {
    float size = x < 0 ? -x : x;
    // size = a * scale with 1 <= a < 2, found by halving the range of exponents.
    float a = size;
    float scale = choose(a, 0x1p64f, 0x1p-63f, 0x1p64f, 0x1p-64f);
    a = a * choose(a, 0x1p64f, 0x1p-63f, 0x1p-64f, 0x1p64f);
    scale = scale * choose(a, 0x1p32f, 0x1p-31f, 0x1p32f, 0x1p-32f);
    a = a * choose(a, 0x1p32f, 0x1p-31f, 0x1p-32f, 0x1p32f);
    scale = scale * choose(a, 0x1p16f, 0x1p-15f, 0x1p16f, 0x1p-16f);
    a = a * choose(a, 0x1p16f, 0x1p-15f, 0x1p-16f, 0x1p16f);
    scale = scale * choose(a, 0x1p8f, 0x1p-7f, 0x1p8f, 0x1p-8f);
    a = a * choose(a, 0x1p8f, 0x1p-7f, 0x1p-8f, 0x1p8f);
    scale = scale * choose(a, 0x1p4f, 0x1p-3f, 0x1p4f, 0x1p-4f);
    a = a * choose(a, 0x1p4f, 0x1p-3f, 0x1p-4f, 0x1p4f);
    scale = scale * choose(a, 0x1p2f, 0x1p-1f, 0x1p2f, 0x1p-2f);
    a = a * choose(a, 0x1p2f, 0x1p-1f, 0x1p-2f, 0x1p2f);
    scale = scale * choose(a, 2f, 1f, 2f, 0.5f);
    a = a * choose(a, 2f, 1f, 0.5f, 2f);
    float units = a * UNITS;
    int whole = (int) units;
    float rest = units - whole;
    int above = rest > 0.5f ? 1 : 0;
    int tie = rest == 0.5f ? whole % 2 : 0;
    float rounded = (whole + above + tie) * (1 / UNITS) * scale;
    float normal = size < 0x1p-126f ? 0f : rounded;
    // x - x is 0, or NaN if x is not finite.
    return (x < 0 ? -normal : normal) + (x - x);
  }

  /** Returns {@code large} from a limit on, {@code small} below another, and 1 between them. */
  private static float choose(float a, float from, float below, float large, float small) {
    return a >= from ? large : a < below ? small : 1f;
  }
}
