package org.trm4j.backend.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArcTangentTest {

  @Test
  void agreesWithTheLibraryOverAllRatios() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1_000_000; i++) {
      double y = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble(-30, 10));
      double x = Math.abs(y) * Math.pow(10, random.nextDouble(-12, 12));
      double expected = StrictMath.atan2(y, x);
      Close.to(
          ArcTangent.ofQuotient(y, x), expected, 1e-14 * Math.abs(expected), "atan2 of " + y / x);
    }
  }

  @Test
  void keepsSpecialCases() {
    assertThat(ArcTangent.ofQuotient(0, 0)).isEqualTo(0.0);
    assertThat(ArcTangent.ofQuotient(-0.0, 1)).isEqualTo(-0.0);
    assertThat(ArcTangent.ofQuotient(3, 0)).isEqualTo(Math.PI / 2);
    assertThat(ArcTangent.ofQuotient(-3, 0)).isEqualTo(-Math.PI / 2);
    assertThat(ArcTangent.ofQuotient(1, 1)).isEqualTo(Math.PI / 4);
    assertThat(ArcTangent.ofQuotient(Double.NaN, 1)).isNaN();
    assertThat(ArcTangent.ofQuotient(1, Double.NaN)).isNaN();
  }
}
