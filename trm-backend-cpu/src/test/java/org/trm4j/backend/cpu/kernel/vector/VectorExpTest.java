package org.trm4j.backend.cpu.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorExpTest {

  /** Checks every 997th float between the limits; one lane is as good as another. */
  @Test
  void isAccurateOverItsWholeRange() {
    float[] x = new float[Lanes.COUNT];
    float[] y = new float[Lanes.COUNT];
    double worst = 0;
    int step = Lanes.COUNT == 16 ? 99_991 : 997;
    for (int bits = 0;
        bits <= Float.floatToIntBits(VectorExp.HIGHEST);
        bits += step * Lanes.COUNT) {
      for (int sign = -1; sign <= 1; sign += 2) {
        for (int i = 0; i < x.length; i++) {
          float value = sign * Float.intBitsToFloat(bits + i * step);
          x[i] = Math.clamp(value, VectorExp.LOWEST, VectorExp.HIGHEST);
        }
        VectorExp.exp(VectorExp.limit(FloatVector.fromArray(Lanes.FLOATS, x, 0))).intoArray(y, 0);
        for (int i = 0; i < x.length; i++) {
          double expected = StrictMath.exp(x[i]);
          double error = Math.abs(y[i] - expected) / expected;
          assertThat(error).as("exp(%s) = %s", x[i], y[i]).isLessThanOrEqualTo(2e-7);
          worst = Math.max(worst, error);
        }
      }
    }
    assertThat(worst).isPositive();
  }

  @Test
  void limitsKeepTheOrder() {
    float[] x = new float[Lanes.COUNT];
    float[] values = {
      0f, -0f, 1f, -1f, 1000f, -1000f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    for (float value : values) {
      java.util.Arrays.fill(x, value);
      float found = VectorExp.limit(FloatVector.fromArray(Lanes.FLOATS, x, 0)).lane(0);
      assertThat(found).isEqualTo(Math.clamp(value, VectorExp.LOWEST, VectorExp.HIGHEST));
    }
  }
}
