package org.trm4j.training.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trm4j.plan.operation.Loss;

class PublishedLossTest {
  @Test
  void isMeanStableMaxPlusHalfTheHaltingLoss() {
    // s(1) = 2, s(0) = 1, s(-1) = 1/2; the second row is ignored.
    float[] logits = {1, 0, -1, 5, 5, 5};
    double language = -Math.log(2 / 3.5);
    double right = 0.5 * Math.log(1 + Math.exp(-2));
    assertThat(PublishedLoss.of(logits, new int[] {0, Loss.IGNORED}, 3, 2))
        .isCloseTo(language + right, within(1e-12));
    double wrong = -Math.log(0.5 / 3.5) + 0.5 * (2 + Math.log(1 + Math.exp(-2)));
    assertThat(PublishedLoss.of(logits, new int[] {2, Loss.IGNORED}, 3, 2))
        .isCloseTo(wrong, within(1e-12));
  }
}
