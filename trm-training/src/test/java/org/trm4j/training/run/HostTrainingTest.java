package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Answer;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigBuilder;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;

/** Training as a host application does it: no files, no strings for settings. */
class HostTrainingTest {
  private static Dataset dataset;
  private static Backend backend;

  @TempDir private Path folder;

  private static TrainingConfigBuilder settings() {
    return TrainingConfigs.recipe("demo").toBuilder()
        .dataset("sudoku")
        .options(Map.of("size", "4", "train", "50", "test", "20"))
        .hiddenSize(16)
        .numHeads(2)
        .puzzleEmbDim(16)
        .steps(12)
        .batch(5)
        .logEvery(1)
        .evaluateEvery(0)
        .evaluatePuzzles(3)
        .checkpointEvery(0)
        .maxSteps(3);
  }

  @BeforeAll
  static void open() {
    dataset = settings().build().data().open();
    backend = Trm.standard().backend("cpu-scalar", 1);
  }

  @AfterAll
  static void close() {
    dataset.close();
    backend.close();
  }

  private static Map<String, List<Float>> values(SavedModel model) {
    Map<String, List<Float>> values = new TreeMap<>();
    model
        .parameters()
        .tensors()
        .forEach((name, tensor) -> {
          List<Float> all = new ArrayList<>();
          for (float value : tensor.toArray()) {
            all.add(value);
          }
          values.put(name, all);
        });
    assertThat(values).isNotEmpty();
    return values;
  }

  private static Trainer inMemory(TrainingConfig config, TrainingListener... listeners) {
    return new TrainerFactory(Set.of(listeners)).startInMemory(config, dataset, backend);
  }

  @Test
  void theModelInMemoryIsThatOfARunFolder() {
    TrainingConfig config = settings().evaluateEvery(4).keepBest(true).build();
    Trainer trainer = inMemory(config);
    assertThatThrownBy(trainer::model)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("trainer: has saved no model yet; run() ends with a save");
    assertThatThrownBy(trainer::folder)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in memory alone");
    TrainingResult result = trainer.run();
    assertThat(result.end()).isEqualTo(TrainingResult.End.DONE);
    assertThat(result.folder()).isEmpty();
    Path run = folder.resolve("run");
    try (Trainer filed = new TrainerFactory(Set.of()).start(config, dataset, backend, run)) {
      filed.run();
      assertThat(values(filed.model())).isEqualTo(values(trainer.model()));
    }
    SavedModel written = ModelFiles.read(run.resolve(ModelFiles.FILE_NAME));
    assertThat(values(trainer.model())).isEqualTo(values(written));
    assertThat(trainer.model().description()).isEqualTo(written.description());
    assertThat(values(trainer.bestModel().orElseThrow()))
        .isEqualTo(values(ModelFiles.read(run.resolve(ModelFiles.BEST_FILE_NAME))));
    try (TrmModel model = TrmModel.open(trainer.model(), backend)) {
      Answer answer = model.solve("3.1.4..2.......1", SolveOptions.DEFAULT.withMaxSteps(2));
      assertThat(answer.grid().lines()).hasSize(4);
    }
  }

  @Test
  void aListenerEndsTheRunAfterAStepOrAnEvaluation() {
    long[] seen = {0, 0};
    TrainingListener atSeven =
        new TrainingListener() {
          @Override
          public void stepped(long step) {
            seen[0] = step;
          }

          @Override
          public boolean stops() {
            return seen[0] == 7;
          }
        };
    Trainer first = inMemory(settings().build(), atSeven);
    TrainingResult result = first.run();
    assertThat(result.step()).isEqualTo(7);
    assertThat(result.end()).isEqualTo(TrainingResult.End.STOPPED);
    assertThat(first.model().metadata()).containsEntry("step", "7");
    TrainingListener atEvaluation =
        new TrainingListener() {
          @Override
          public void evaluated(long step, EvaluationReport report) {
            seen[1] = step;
          }

          @Override
          public boolean stops() {
            return seen[1] == 4;
          }
        };
    TrainingResult evaluated = inMemory(settings().evaluateEvery(4).build(), atEvaluation).run();
    assertThat(evaluated.step()).isEqualTo(4);
    assertThat(evaluated.end()).isEqualTo(TrainingResult.End.STOPPED);
    assertThat(evaluated.lastEvaluation()).isPresent();
  }

  @Test
  void patienceEndsARunInMemoryToo() {
    // A learning rate of zero: no evaluation is better than the first.
    TrainingConfig config =
        settings().learningRate(0).puzzleLearningRate(0).evaluateEvery(2).patience(2).build();
    List<@Nullable Path> improved = new ArrayList<>();
    TrainingResult result =
        inMemory(
                settings()
                    .learningRate(0)
                    .puzzleLearningRate(0)
                    .evaluateEvery(2)
                    .patience(2)
                    .keepBest(true)
                    .build(),
                new TrainingListener() {
                  @Override
                  public void improved(long step, EvaluationReport report, @Nullable Path file) {
                    improved.add(file);
                  }
                })
            .run();
    assertThat(config.run().patience()).isEqualTo(2);
    assertThat(result.end()).isEqualTo(TrainingResult.End.OUT_OF_PATIENCE);
    assertThat(result.step()).isEqualTo(6);
    assertThat(improved).hasSize(1).containsOnlyNulls();
  }

  @Test
  void theBuilderChangesWhatItIsToldAndChecksIt() {
    TrainingConfig demo = TrainingConfigs.recipe("demo");
    assertThat(demo.toBuilder().build()).isEqualTo(demo);
    assertThat(settings().recursion("hrm").weightDecay(0.5).seed(9).build())
        .isEqualTo(
            SettingsText.with(
                settings().recursion("hrm").build(),
                List.of("optimizer.weightDecay=0.5", "run.seed=9")));
    assertThatThrownBy(() -> settings().batch(0).build())
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "training configuration: run.batch is 0, expected a whole number of at least 1");
  }

  @Test
  void flightRecorderSeesStepsAndEvaluations() throws IOException {
    Path file = folder.resolve("training.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("org.trm4j.TrainingStep").withoutThreshold();
      recording.enable("org.trm4j.Evaluation");
      recording.start();
      inMemory(settings().steps(3).build()).run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> steps = new ArrayList<>();
    List<RecordedEvent> evaluations = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      switch (event.getEventType().getName()) {
        case "org.trm4j.TrainingStep" -> steps.add(event);
        case "org.trm4j.Evaluation" -> evaluations.add(event);
        default -> {}
      }
    }
    assertThat(steps).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(steps.get(i).getLong("step")).isEqualTo(i + 1L);
      assertThat(steps.get(i).getInt("sequences")).isEqualTo(5);
      assertThat(steps.get(i).getDouble("loss")).isBetween(0.1, 100.0);
      assertThat(steps.get(i).getStackTrace()).isNull();
    }
    assertThat(evaluations).hasSize(1);
    assertThat(evaluations.getFirst().getInt("puzzles")).isEqualTo(3);
    assertThat(evaluations.getFirst().getDouble("exact")).isBetween(0.0, 1.0);
    assertThat(Files.size(file)).isPositive();
  }
}
