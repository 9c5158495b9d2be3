package org.trm4j.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void anHonestHeadHasNoErrorAndACockyOneHas() {
    Calibration honest = new Calibration();
    Calibration cocky = new Calibration();
    for (int i = 0; i < 100; i++) {
      honest.add(0.75, i < 75);
      cocky.add(1, i < 75);
    }
    assertThat(honest.expectedError()).isCloseTo(0, within(1e-12));
    assertThat(honest.brier()).isCloseTo(0.75 * 0.25, within(1e-12));
    assertThat(cocky.expectedError()).isCloseTo(0.25, within(1e-12));
    assertThat(cocky.brier()).isCloseTo(0.25, within(1e-12));
    assertThat(honest.bins())
        .singleElement()
        .isEqualTo(new Calibration.Bin(0.5, 0.9, 100, 0.75, 0.75));
  }

  @Test
  void boundsFallIntoTheBinAboveAndOneIntoTheLast() {
    Calibration calibration = new Calibration();
    for (double confidence : new double[] {0, 0.1, 0.5, 0.9, 0.99, 1}) {
      calibration.add(confidence, true);
    }
    assertThat(calibration.bins())
        .extracting(Calibration.Bin::answers)
        .containsExactly(1, 1, 1, 1, 2);
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    for (double bad : new double[] {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Calibration().add(bad, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 0 to 1");
    }
    assertThat(new Calibration().brier()).isNaN();
    assertThat(new Calibration().expectedError()).isNaN();
  }
}
