package org.trm4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void warmsUpLinearlyFromTheFirstStep() {
    OptimizerSettings.Schedule schedule = new OptimizerSettings.Schedule(4, 100, 0.1);
    assertThat(schedule.at(2, 1)).isEqualTo(0.5);
    assertThat(schedule.at(2, 3)).isEqualTo(1.5);
    assertThat(schedule.at(2, 4)).isEqualTo(2);
  }

  @Test
  void thenFollowsHalfACosineToTheMinimum() {
    OptimizerSettings.Schedule schedule = new OptimizerSettings.Schedule(10, 110, 0.2);
    assertThat(schedule.at(1, 10)).isEqualTo(1);
    assertThat(schedule.at(1, 35)).isCloseTo(0.2 + 0.4 * (1 + Math.sqrt(0.5)), within(1e-12));
    assertThat(schedule.at(1, 60)).isCloseTo(0.6, within(1e-12));
    assertThat(schedule.at(1, 110)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void publishedRatioOfOneKeepsTheRate() {
    OptimizerSettings.Schedule schedule = TrainingConfigs.recipe("sudoku-mlp").schedule();
    assertThat(schedule.at(1e-4, 1)).isEqualTo(1e-4 / 2000);
    assertThat(schedule.at(1e-4, 2000)).isEqualTo(1e-4);
    assertThat(schedule.at(1e-4, 65104)).isEqualTo(1e-4);
  }

  @Test
  void worksWithoutWarmUpAndWithAWarmUpAsLongAsTheRun() {
    assertThat(new OptimizerSettings.Schedule(0, 10, 0).at(1, 10)).isCloseTo(0, within(1e-12));
    assertThat(new OptimizerSettings.Schedule(0, 10, 0).at(1, 1)).isGreaterThan(0.9);
    assertThat(new OptimizerSettings.Schedule(10, 10, 0).at(1, 10)).isEqualTo(1);
  }
}
