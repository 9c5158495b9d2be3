package org.trm4j.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.training.log.MetricsWindow;

class MetricsWindowTest {
  private static SequenceMetrics metrics(int correct, int labels, float haltLogit) {
    return new SequenceMetrics(0.3, 0.2, 0.1, correct, labels, correct == labels, haltLogit, 0);
  }

  private static Optional<TrainingProgress.Halted> halted(MetricsWindow window) {
    TrainingProgress.Builder progress = TrainingProgress.builder();
    window.addHalted(progress);
    return progress.build().halted();
  }

  @Test
  void countsAccuracyOfHaltedSequencesWithLabelsOnly() {
    MetricsWindow window = new MetricsWindow();
    assertThat(halted(window)).isEmpty();
    window.add(metrics(4, 4, 1), true, 3);
    window.add(metrics(1, 4, 0), true, 5);
    window.add(metrics(0, 4, 0), false, 1);
    window.add(metrics(0, 0, 0), true, 9);
    assertThat(halted(window))
        .isPresent()
        .isEqualTo(TrainingProgress.builder().halted(2, 0.625, 0.5, 0.5, 4).build().halted());
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
    assertThat(halted(same)).isPresent().isEqualTo(halted(window));
    assertThatThrownBy(() -> MetricsWindow.restore("1 2"))
        .isInstanceOf(NumberFormatException.class);
  }
}
