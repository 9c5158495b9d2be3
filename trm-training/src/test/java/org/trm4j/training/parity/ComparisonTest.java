package org.trm4j.training.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

class ComparisonTest {
  private static final Tensor EXPECTED = Tensor.of(Shape.of(2), 3, 4);

  @Test
  void errorIsRelativeToTheExpectedNorm() {
    assertThat(new Comparison().add(EXPECTED, new float[] {3, 4.5f}).error())
        .isCloseTo(0.1, within(1e-12));
    assertThat(new Comparison().add(EXPECTED, new float[] {3, 4}).error()).isZero();
  }

  @Test
  void nanNeverPasses() {
    Tensor broken = Tensor.of(Shape.of(2), 3, Float.NaN);
    assertThat(check(new Comparison().add(EXPECTED, new float[] {3, Float.NaN})).passed())
        .isFalse();
    assertThat(check(new Comparison().add(broken, new float[] {3, 4})).passed()).isFalse();
    // Equal NaNs are no agreement either.
    assertThat(check(new Comparison().add(broken, new float[] {3, Float.NaN})).passed()).isFalse();
  }

  @Test
  void anotherSizeNeverPasses() {
    assertThat(check(new Comparison().add(EXPECTED, new float[] {3})).passed()).isFalse();
  }

  @Test
  void infinityFails() {
    float[] infinite = {3, Float.POSITIVE_INFINITY};
    assertThat(check(new Comparison().add(EXPECTED, infinite)).passed()).isFalse();
  }

  @Test
  void aResultWithoutChecksOrWithAFailedOneIsAFailure() {
    ParityCheck good = new ParityCheck("a", 0, 0);
    ParityCheck bad = new ParityCheck("b", Double.NaN, 1);
    assertThat(ParityResult.of("n", "p", List.of()).status()).isEqualTo(ParityResult.Status.FAIL);
    assertThat(ParityResult.of("n", "p", List.of(good)).status())
        .isEqualTo(ParityResult.Status.PASS);
    ParityResult failed = ParityResult.of("n", "p", List.of(good, bad));
    assertThat(failed.status()).isEqualTo(ParityResult.Status.FAIL);
    assertThat(failed.failures()).containsExactly(bad);
    assertThat(failed.worst()).contains(bad);
  }

  private static ParityCheck check(Comparison comparison) {
    return new ParityCheck("value", comparison.error(), 1e9);
  }
}
