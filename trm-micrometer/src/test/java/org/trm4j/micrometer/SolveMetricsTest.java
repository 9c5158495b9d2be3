package org.trm4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trm4j.Answer;
import org.trm4j.OpenOptions;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.run.TrainerFactory;

/** Which solves are counted, and under which tags. */
class SolveMetricsTest {
  private static final String PUZZLE = "3.1.4..2.......1";
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** As docs/SERVER.md prints it. */
  private static TrmModel measured(
      MeterRegistry meterRegistry, ObservationRegistry observationRegistry) {
    SolveMetrics metrics = new SolveMetrics("sudoku-4", meterRegistry, observationRegistry);
    TrmModel model = TrmModel.pretrained("sudoku-4", OpenOptions.DEFAULT.withObserver(metrics));
    return model;
  }

  @Test
  void countsCallsPuzzlesAndSteps() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    try (TrmModel model = measured(meters, observations)) {
      Answer answer = model.solve(PUZZLE);
      model.solveAll(List.of(model.parse(PUZZLE), model.parse(PUZZLE)));
      assertThatThrownBy(
              () -> model.solve(model.parse(PUZZLE), SolveOptions.DEFAULT.withStop(() -> true)))
          .isInstanceOf(SolveStoppedException.class);

      assertThat(meters.get("trm.solve").tags("kind", "one", "ending", "done").timer().count())
          .isEqualTo(1);
      assertThat(meters.get("trm.solve").tags("kind", "many", "ending", "done").timer().count())
          .isEqualTo(1);
      assertThat(meters.get("trm.solve").tags("kind", "one", "ending", "failed").timer().count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("trm.solve.steps")
                  .tags("model", "sudoku-4", "verification", "correct")
                  .summary()
                  .count())
          .isEqualTo(3);
      assertThat(meters.get("trm.solve.steps").summary().totalAmount())
          .isEqualTo(3.0 * answer.totalSteps());
      assertThat(meters.get("trm.solve.waiting").gauge().value()).isZero();
      assertThat(meters.get("trm.solve.wait").timer().count()).isBetween(2L, 3L);
    }
  }

  @Test
  void showsTheLastReportOfATraining() {
    TrainingMetrics metrics = new TrainingMetrics("nine", meters);
    assertThat(meters.get("trm.training.loss").gauge().value()).isNaN();
    metrics.stepped(1);
    metrics.stepped(2);
    metrics.progressed(
        TrainingProgress.builder()
            .step(2)
            .totalSteps(10)
            .loss(1.5)
            .puzzlesPerSecond(321.5)
            .build());
    assertThat(meters.get("trm.training.steps").tag("run", "nine").counter().count()).isEqualTo(2);
    assertThat(meters.get("trm.training.loss").gauge().value()).isEqualTo(1.5);
    assertThat(meters.get("trm.training.puzzles.rate").gauge().value()).isEqualTo(321.5);
  }

  @Test
  void followsATrainingRun() {
    TrainingConfig config =
        TrainingConfigs.recipe("demo").toBuilder()
            .options(Map.of("size", "4", "train", "20", "test", "5"))
            .hiddenSize(16)
            .puzzleEmbDim(16)
            .batch(2)
            .steps(3)
            .logEvery(2)
            .evaluateEvery(-1)
            .build();
    TrainingMetrics metrics = new TrainingMetrics("tiny", meters);
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of(metrics)).startInMemory(config, dataset, backend).run();
    }
    assertThat(meters.get("trm.training.steps").tag("run", "tiny").counter().count()).isEqualTo(3);
    assertThat(meters.get("trm.training.loss").gauge().value()).isBetween(0.01, 100.0);
    assertThat(meters.get("trm.training.puzzles.rate").gauge().value()).isPositive();
  }
}
