package org.trm4j.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.training.TrainingException;

class WholeNumbersTest {
  @Test
  void holdsWhatAFloatHoldsAndRefusesTheRest() {
    for (int value : new int[] {0, 1, -100, (1 << 24) - 1, 1 << 24, -(1 << 24)}) {
      assertThat(WholeNumbers.of("n", WholeNumbers.exact("n", value))).isEqualTo(value);
    }
    for (int value : new int[] {(1 << 24) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> WholeNumbers.exact("puzzle identifier", value))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("puzzle identifier " + value);
    }
    for (float value : new float[] {0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e9f, -1e30f}) {
      assertThatThrownBy(() -> WholeNumbers.of("step count", value))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("expected a whole number");
    }
  }
}
