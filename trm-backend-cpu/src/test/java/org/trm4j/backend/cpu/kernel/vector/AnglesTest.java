package org.trm4j.backend.cpu.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.backend.cpu.kernel.Close;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.scalar.ScalarKernels;

/** The angles of the optimizer, by both kernels. */
class AnglesTest {

  static Stream<Kernels> kernels() {
    return Stream.of(new ScalarKernels(), new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void isTheArcTangentOfTheQuotient(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    for (int n : new int[] {1, Lanes.COUNT - 1, Lanes.COUNT, Lanes.COUNT + 1, 97, 4099}) {
      float[] m = new float[n + 3];
      float[] v = new float[n + 3];
      for (int i = 0; i < m.length; i++) {
        m[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextDouble(-12, 2)));
        v[i] = (float) Math.pow(10, random.nextDouble(-20, 4));
      }
      float[] out = new float[n];
      kernels.angles(m, v, 3, n, 1.3f, out);
      for (int i = 0; i < n; i++) {
        double expected = Math.atan2(m[3 + i], Math.sqrt(v[3 + i]) * 1.3f);
        Close.to(out[i], expected, 5e-7 * Math.abs(expected), "atan2 of " + m[3 + i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void keepsSignsZerosAndNan(Kernels kernels) {
    int n = 2 * Lanes.COUNT + 1;
    float half = (float) (Math.PI / 2);
    assertThat(angle(kernels, n, 0, 0)).isEqualTo(0f);
    assertThat(angle(kernels, n, 0, 1)).isEqualTo(0f);
    assertThat(angle(kernels, n, 3, 0)).isEqualTo(half);
    assertThat(angle(kernels, n, -3, 0)).isEqualTo(-half);
    assertThat(angle(kernels, n, 1e-30f, 0)).isEqualTo(half);
    assertThat(angle(kernels, n, Float.NaN, 1)).isNaN();
    assertThat(angle(kernels, n, 1, Float.NaN)).isNaN();
  }

  /** Compares with double precision, and checks that no subnormal number remains. */
  @ParameterizedTest
  @MethodSource("kernels")
  void movesMomentsAndDropsSubnormalOnes(Kernels kernels) {
    int n = 2 * Lanes.COUNT + 3;
    SplittableRandom random = new SplittableRandom(5);
    float[] g = new float[n];
    float[] m = new float[n];
    float[] v = new float[n];
    for (int i = 1; i < n; i++) {
      g[i] = (float) random.nextDouble(-1, 1);
      m[i] = (float) random.nextDouble(-1, 1);
      v[i] = (float) random.nextDouble(0, 1);
    }
    g[1] = Float.NaN;
    float[] m0 = m.clone();
    float[] v0 = v.clone();
    kernels.moments(g, m, v, 1, n, 0.9, 0.95);
    assertThat(m[0]).isZero();
    assertThat(m[1]).isNaN();
    assertThat(v[1]).isNaN();
    for (int i = 2; i < n; i++) {
      Close.to(m[i], 0.9 * m0[i] + 0.1 * g[i], 3e-7, "first moment");
      Close.to(v[i], 0.95 * v0[i] + 0.05 * g[i] * g[i], 3e-7, "second moment");
    }
    float[] none = new float[n];
    for (int step = 0; step < 3000; step++) {
      kernels.moments(none, m, v, 2, n, 0.9, 0.95);
      for (int i = 2; i < n; i++) {
        assertThat(Math.abs(m[i]) >= Float.MIN_NORMAL || m[i] == 0).as("m %s", m[i]).isTrue();
        assertThat(v[i] >= Float.MIN_NORMAL || v[i] == 0).as("v %s", v[i]).isTrue();
      }
    }
    assertThat(m[2]).isZero();
    assertThat(v[2]).isZero();
  }

  private static float angle(Kernels kernels, int n, float m, float v) {
    float[] ms = new float[n];
    float[] vs = new float[n];
    float[] out = new float[n];
    Arrays.fill(ms, m);
    Arrays.fill(vs, v);
    kernels.angles(ms, vs, 0, n, 1, out);
    for (float value : out) {
      assertThat(Float.compare(value, out[0])).isZero();
    }
    return out[0];
  }
}
