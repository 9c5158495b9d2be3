package org.trm4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
  private static final int COUNT = 200_000;

  /**
   * Figures of the standard normal: P(|z| > 1) is 0.31731, P(|z| > 2) 0.04550, P(z > 3) 0.00135.
   */
  @Test
  void valuesAreNormal() {
    long stream = GaussianNoise.stream(3, 1, 0);
    double[] z =
        IntStream.range(0, COUNT).mapToDouble(i -> GaussianNoise.value(stream, i)).toArray();
    assertThat(moment(z, 1)).isCloseTo(0, within(0.01));
    assertThat(moment(z, 2)).isCloseTo(1, within(0.015));
    assertThat(moment(z, 3)).isCloseTo(0, within(0.04));
    assertThat(moment(z, 4)).isCloseTo(3, within(0.1));
    assertThat(share(z, 1)).isCloseTo(0.31731, within(0.005));
    assertThat(share(z, 2)).isCloseTo(0.04550, within(0.002));
    assertThat(share(z, 3)).isCloseTo(0.00270, within(0.0006));
  }

  @Test
  void truncatedValuesHaveUnitDeviation() {
    long stream = GaussianNoise.stream(4, 0, 1);
    double[] z =
        IntStream.range(0, COUNT)
            .mapToDouble(i -> GaussianNoise.truncated(GaussianNoise.bits(stream, i)))
            .toArray();
    assertThat(moment(z, 2)).isCloseTo(1, within(0.01));
    assertThat(share(z, 2.2738)).isZero();
    assertThat(share(z, 2.2)).isPositive();
  }

  /** The extremes of the uniform number, and its middle, against tables of the quantile. */
  @Test
  void quantilesAreThoseOfTheNormalDistribution() {
    assertThat(GaussianNoise.normal(0)).isCloseTo(5.41998f, within(1e-4f));
    assertThat(GaussianNoise.normal(Integer.MIN_VALUE)).isCloseTo(-5.41998f, within(1e-4f));
    assertThat(GaussianNoise.normal(0x7FFFFFFF)).isCloseTo(0f, within(1e-6f));
    // t = 0.317310508 lies one standard deviation out.
    int r = (int) (0.317310508 * (1 << 23));
    assertThat(GaussianNoise.normal(r << 8)).isCloseTo(1f, within(1e-5f));
  }

  /** Files and other backends depend on these bits. */
  @Test
  void bitsAreThoseOfTheDefinition() {
    assertThat(GaussianNoise.key(0, 0, 0)).isNotEqualTo(GaussianNoise.key(0, 0, 1));
    long stream = GaussianNoise.stream(7, 2, 1);
    int a = (int) stream;
    int b = (int) (stream >>> 32);
    for (int i : new int[] {0, 1, 80, 10_367}) {
      long h = (i * 0x9E3779B9L + a) & 0xFFFFFFFFL;
      h ^= h >>> 16;
      h = (h * 0x21F0AAADL) & 0xFFFFFFFFL;
      h ^= h >>> 15;
      h = (h + b) & 0xFFFFFFFFL;
      h = (h * 0xD35A2D97L) & 0xFFFFFFFFL;
      h ^= h >>> 15;
      h = (h * 0x846CA68BL) & 0xFFFFFFFFL;
      h ^= h >>> 16;
      assertThat(GaussianNoise.bits(stream, i)).isEqualTo((int) h);
    }
  }

  /** No seed is another one with the examples in another order. */
  @Test
  void keysOfSeedsExamplesAndAttemptsDiffer() {
    assertThat(
            LongStream.range(0, 27_000)
                .map(i -> GaussianNoise.key(i / 900, i / 30 % 30, i % 30))
                .distinct()
                .count())
        .isEqualTo(27_000);
  }

  private static double moment(double[] z, int power) {
    double sum = 0;
    for (double x : z) {
      sum += Math.pow(x, power);
    }
    return sum / z.length;
  }

  private static double share(double[] z, double beyond) {
    int count = 0;
    for (double x : z) {
      count += Math.abs(x) > beyond ? 1 : 0;
    }
    return (double) count / z.length;
  }
}
