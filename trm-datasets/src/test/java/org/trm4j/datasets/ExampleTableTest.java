package org.trm4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.support.ExampleTable;
import org.trm4j.plan.operation.Loss;

class ExampleTableTest {
  @Test
  void keepsWhatAByteCanHold() {
    ExampleTable table = new ExampleTable(3, 255);
    table.add(new Example(new int[] {0, 254, 7}, new int[] {Loss.IGNORED, 254, 0}, 0), 5);
    assertThat(table.get(0).tokens()).containsExactly(0, 254, 7);
    assertThat(table.get(0).labels()).containsExactly(Loss.IGNORED, 254, 0);
    assertThat(table.rating(0)).isEqualTo(5);
  }

  /** 300 would become 44, and label 255 one that does not count. */
  @ParameterizedTest
  @CsvSource({
    "300, 1, token 300",
    "255, 1, token 255",
    "-1, 1, token -1",
    "1, 255, token 255",
    "1, 300, token 300",
    "1, -2, token -2"
  })
  void refusesWhatItCannot(int token, int label, String said) {
    ExampleTable table = new ExampleTable(2, 10);
    assertThatThrownBy(
            () -> table.add(new Example(new int[] {0, token}, new int[] {0, label}, 0), 0))
        .isInstanceOf(DatasetException.class)
        .hasMessage(said + ", expected 0 to 254 in this table");
  }
}
