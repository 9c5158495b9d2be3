package org.trm4j.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.training.log.MetricsWindow;
import org.trm4j.training.metrics.TrainingListener.TrainingProgress;

class MetricsWindowTest {
  private static SequenceMetrics metrics(int correct, int labels, float haltLogit) {
    return new SequenceMetrics(0.3, 0.2, 0.1, correct, labels, correct == labels, haltLogit, 0);
  }

  @Test
  void countsAccuracyOfHaltedSequencesWithLabelsOnly() {
    MetricsWindow window = new MetricsWindow();
    assertThat(window.halted()).isEmpty();
    window.add(metrics(4, 4, 1), true, 3);
    window.add(metrics(1, 4, 0), true, 5);
    window.add(metrics(0, 4, 0), false, 1);
    window.add(metrics(0, 0, 0), true, 9);
    assertThat(window.halted()).contains(new TrainingProgress.Halted(2, 0.625, 0.5, 0.5, 4));
    assertThat(window.sequences()).isEqualTo(4);
    assertThat(window.loss()).isEqualTo(metrics(0, 1, 0).loss());
  }

  @Test
  void comesBackExactly() {
    MetricsWindow window = new MetricsWindow();
    for (int i = 1; i < 50; i++) {
      window.add(metrics(i % 3, 7, i - 25), i % 2 == 0, i);
    }
    MetricsWindow same = MetricsWindow.restore(window.save());
    assertThat(same.save()).isEqualTo(window.save());
    assertThat(same.loss()).isEqualTo(window.loss());
    assertThat(same.halted()).isEqualTo(window.halted());
    assertThatThrownBy(() -> MetricsWindow.restore("1 2"))
        .isInstanceOf(NumberFormatException.class);
  }
}
