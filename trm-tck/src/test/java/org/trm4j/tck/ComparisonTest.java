package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The comparison refuses what a careless one would accept. */
class ComparisonTest {
  private final Comparison comparison = new Comparison("swiGlu", "[2, 3]", 17, 9, 0);

  @Test
  void letsRoundingPass() {
    check(new float[] {1, 2, 3 + 5e-7f}, new float[] {1, 2, 3});
  }

  @Test
  void allowsMoreForLongerSums() {
    float[] off = {1 + 2e-5f};
    float[] expected = {1};
    refused(off, expected, "index 0");
    assertThatCode(() -> new Comparison("sum", "[1]", 1, 1 << 16, 0).check(off, expected))
        .doesNotThrowAnyException();
  }

  @Test
  void allowsWhatTheOracleItselfMoves() {
    assertThatCode(() ->
            new Comparison("sum", "[1]", 1, 1, 1e-3).check(new float[] {1.01f}, new float[] {1}))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesANanWhereANumberIsExpected() {
    refused(new float[] {1, Float.NaN}, new float[] {1, 2}, "at index 1 found NaN, expected 2.0");
  }

  @Test
  void refusesANumberWhereANanIsExpected() {
    refused(new float[] {1, 2}, new float[] {1, Float.NaN}, "at index 1 found 2.0, expected NaN");
  }

  @Test
  void refusesTheWrongInfinity() {
    float inf = Float.POSITIVE_INFINITY;
    check(new float[] {inf, -inf, Float.NaN}, new float[] {inf, -inf, Float.NaN});
    refused(new float[] {-inf}, new float[] {inf}, "found -Infinity, expected Infinity");
    refused(new float[] {inf}, new float[] {1}, "found Infinity, expected 1.0");
    refused(new float[] {Float.MAX_VALUE}, new float[] {inf}, "expected Infinity");
  }

  @Test
  void refusesAnotherLength() {
    refused(new float[] {1}, new float[] {1, 2}, "1 values, expected 2");
  }

  @Test
  void letsSubnormalNumbersBeFlushed() {
    check(new float[] {0, 1}, new float[] {1e-40f, 1});
  }

  @Test
  void namesEverything() {
    refused(new float[] {4}, new float[] {5}, "swiGlu, [2, 3], seed 17: at index 0 found 4.0");
  }

  private void check(float[] actual, float[] expected) {
    comparison.check(actual, expected);
  }

  private void refused(float[] actual, float[] expected, String message) {
    assertThatThrownBy(() -> comparison.check(actual, expected))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
