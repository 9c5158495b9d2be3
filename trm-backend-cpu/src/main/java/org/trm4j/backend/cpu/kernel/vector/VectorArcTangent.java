package org.trm4j.backend.cpu.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.trm4j.backend.cpu.kernel.ArcTangent;

/**
 * {@link ArcTangent} on vectors in single precision: the smaller over the larger of the two goes
 * through an odd polynomial of degree 17 (Abramowitz and Stegun 4.4.49). Relative error below 4e-7.
 */
final class VectorArcTangent {
  private static final float HALF_PI = (float) (Math.PI / 2);
  private static final int SIGN = Integer.MIN_VALUE;

  private VectorArcTangent() {}

  /** Returns atan2(y, x) for {@code x >= 0}; 0 for 0 / 0. */
  static FloatVector ofQuotient(FloatVector y, FloatVector x) {
    FloatVector a = y.abs();
    VectorMask<Float> steep = a.compare(VectorOperators.GT, x);
    FloatVector small = a.blend(x, steep);
    FloatVector large = x.blend(a, steep);
    // 0 / 0 becomes 0 / 1.
    large = large.blend(1f, large.compare(VectorOperators.EQ, 0f));
    FloatVector t = small.div(large);
    FloatVector z = t.mul(t);
    FloatVector p = FloatVector.broadcast(Lanes.FLOATS, 0.0028662257f);
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, -0.0161657367f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, 0.0429096138f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, -0.0752896400f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, 0.1065626393f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, -0.1420889944f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, 0.1999355085f));
    p = p.fma(z, FloatVector.broadcast(Lanes.FLOATS, -0.3333314528f));
    FloatVector angle = p.mul(z).fma(t, t);
    angle = angle.blend(angle.neg().add(HALF_PI), steep);
    return angle
        .reinterpretAsInts()
        .lanewise(VectorOperators.OR, y.reinterpretAsInts().lanewise(VectorOperators.AND, SIGN))
        .reinterpretAsFloats();
  }
}
