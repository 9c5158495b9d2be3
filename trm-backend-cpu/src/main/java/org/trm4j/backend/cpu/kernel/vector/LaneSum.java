package org.trm4j.backend.cpu.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The sum of a vector's lanes in a fixed order. The order of reduceLanes is unspecified and differs
 * between interpreted and compiled code.
 */
final class LaneSum {
  private static final VectorShuffle<Float> BY_EIGHT = rotation(8);
  private static final VectorShuffle<Float> BY_FOUR = rotation(4);
  private static final VectorShuffle<Float> BY_TWO = rotation(2);
  private static final VectorShuffle<Float> BY_ONE = rotation(1);

  private LaneSum() {}

  static float of(FloatVector x) {
    FloatVector sum = x;
    if (Lanes.COUNT == 16) {
      sum = sum.add(sum.rearrange(BY_EIGHT));
    }
    if (Lanes.COUNT >= 8) {
      sum = sum.add(sum.rearrange(BY_FOUR));
    }
    sum = sum.add(sum.rearrange(BY_TWO));
    return sum.add(sum.rearrange(BY_ONE)).lane(0);
  }

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(Lanes.FLOATS, i -> (i + by) % Lanes.COUNT);
  }
}
