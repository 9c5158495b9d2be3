package org.trm4j.backend.cpu.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.trm4j.plan.GaussianNoise;

/** {@link GaussianNoise} on vectors, bit for bit. */
final class VectorNoise {
  private static final IntVector INDICES = IntVector.zero(Lanes.INTS).addIndex(1);
  private static final float[] COEFFICIENTS = GaussianNoise.coefficients();

  private VectorNoise() {}

  /** Returns the normals of elements {@code element, element + 1, ...}. */
  static FloatVector normals(long stream, int element) {
    IntVector h = bits(stream, element);
    FloatVector one = FloatVector.broadcast(Lanes.FLOATS, 1f);
    // As a number from 1 to 2 whose fraction is r: 1 + r 2^-23.
    IntVector r = h.lanewise(VectorOperators.LSHR, 8).and(0x7FFFFF).or(0x3F800000);
    FloatVector t = r.reinterpretAsFloats().sub(1 - 0x1p-24f);
    FloatVector x = one.sub(t);
    FloatVector a = x.neg().fma(x, one);
    for (int i = 0; i < 4; i++) {
      a = a.lanewise(VectorOperators.SQRT);
    }
    FloatVector v =
        a.fma(
            FloatVector.broadcast(Lanes.FLOATS, GaussianNoise.SLOPE),
            FloatVector.broadcast(Lanes.FLOATS, GaussianNoise.OFFSET));
    FloatVector p = FloatVector.broadcast(Lanes.FLOATS, COEFFICIENTS[0]);
    for (int i = 1; i < COEFFICIENTS.length; i++) {
      p = p.fma(v, FloatVector.broadcast(Lanes.FLOATS, COEFFICIENTS[i]));
    }
    IntVector sign = h.and(Integer.MIN_VALUE);
    return x.mul(p).reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  private static IntVector bits(long stream, int element) {
    IntVector h = INDICES.add(element).mul(0x9E3779B9).add((int) stream);
    h = xorShift(h, 16).mul(0x21F0AAAD);
    h = xorShift(h, 15).add((int) (stream >>> 32)).mul(0xD35A2D97);
    h = xorShift(h, 15).mul(0x846CA68B);
    return xorShift(h, 16);
  }

  private static IntVector xorShift(IntVector h, int by) {
    return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, by));
  }
}
