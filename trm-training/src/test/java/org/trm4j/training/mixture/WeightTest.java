package org.trm4j.training.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.training.Weight;

class WeightTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0.5",
    "100, 0.5",
    "150, 1.25",
    "200, 2",
    "201, 2",
    "299, 2",
    "300, 2",
    "301, 0",
    "9999, 0"
  })
  void isLinearBetweenPointsAndConstantOutside(long step, double expected) {
    Weight weight = Weight.parse("100:0.5,200:2,300:2,301:0");
    assertThat(weight.at(step)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aNumberIsConstant() {
    assertThat(Weight.parse("0.25")).isEqualTo(Weight.constant(0.25));
    assertThat(Weight.parse("0.25").at(12345)).isEqualTo(0.25);
    assertThat(Weight.linear(0, 1, 10, 0).at(5)).isCloseTo(0.5, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.25", "0:1,10000:0.2", "5:0,6:1e-9"})
  void isReadAsItIsWritten(String text) {
    Weight weight = Weight.parse(text);
    assertThat(Weight.parse(weight.toString())).isEqualTo(weight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "NaN", "Infinity", "1:2,1:3", "-5:1", "1:", ":", "0:1,"})
  void refusesWhatIsNoWeight(String text) {
    assertThatThrownBy(() -> Weight.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("weight: ")
        .hasMessageMatching("[^\\n]*");
  }
}
