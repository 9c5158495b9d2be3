package org.trm4j.backend.cpu.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp on vectors: {@code 2^n * p(r)} with {@code n = round(x / ln 2)} and p the minimax polynomial
 * of degree 6 on |r| &lt;= ln 2 / 2. Relative error below 2e-7 for -87 &lt;= x &lt;= 88.
 */
final class VectorExp {
  /** Smaller arguments are raised to this one, the smallest whose result is a normal number. */
  static final float LOWEST = -87.3f;

  /** Larger arguments are lowered to this one. */
  static final float HIGHEST = 88.3f;

  private static final float INVERSE_LN2 = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  // Adding it leaves the rounded integer in the low bits.
  private static final float ROUNDER = 0x1.8p23f;
  private static final int LOWEST_BITS = Float.floatToRawIntBits(LOWEST);
  private static final int HIGHEST_BITS = Float.floatToRawIntBits(HIGHEST);

  private VectorExp() {}

  /** Returns exp(x) for {@code LOWEST <= x <= HIGHEST}. */
  static FloatVector exp(FloatVector x) {
    FloatVector rounder = FloatVector.broadcast(Lanes.FLOATS, ROUNDER);
    FloatVector shifted = x.fma(FloatVector.broadcast(Lanes.FLOATS, INVERSE_LN2), rounder);
    FloatVector n = shifted.sub(rounder);
    FloatVector r = n.fma(FloatVector.broadcast(Lanes.FLOATS, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(Lanes.FLOATS, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(Lanes.FLOATS, 1.9875691500e-4f);
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1.3981999507e-3f));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOATS, 8.3334519073e-3f));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOATS, 4.1665795894e-2f));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOATS, 1.6666665459e-1f));
    p = p.fma(r, FloatVector.broadcast(Lanes.FLOATS, 5.0000001201e-1f));
    FloatVector one = FloatVector.broadcast(Lanes.FLOATS, 1f);
    p = p.fma(r, one).fma(r, one);
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /**
   * Returns x limited to the range of {@link #exp}, without the cost of a float minimum that
   * honours NaN.
   */
  static FloatVector limit(FloatVector x) {
    // As unsigned integers, positive floats are in order, and negative ones lie above them in
    // reverse order.
    IntVector bits = x.reinterpretAsInts();
    bits = bits.lanewise(VectorOperators.MIN, HIGHEST_BITS);
    bits = bits.lanewise(VectorOperators.UMIN, LOWEST_BITS);
    return bits.reinterpretAsFloats();
  }
}
