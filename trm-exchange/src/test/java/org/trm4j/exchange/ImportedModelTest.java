package org.trm4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import org.trm4j.training.run.WarmStart;

/** What an imported model can do. */
class ImportedModelTest {
  private static final Map<String, String> DATA =
      Map.of("size", "4", "train", "12", "test", "5", "seed", "3");

  @TempDir private Path folder;

  static Stream<Arguments> forms() {
    Map<String, String> domain = Map.of("domain", "sudoku:size=4");
    return Stream.of(
        Arguments.of("trm", Map.of()),
        Arguments.of("hrm", Map.of()),
        Arguments.of("eqr-run/checkpoints", Map.of()),
        Arguments.of("nested-model.pt", Fixtures.TRM),
        Arguments.of("module.pt", Fixtures.TRM),
        Arguments.of("bare.pt", domain),
        Arguments.of("safetensors", Map.of()),
        Arguments.of("lightning.ckpt", domain));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void solvesEvaluatesAndTrainsOn(String name, Map<String, String> given) {
    Path run = folder.resolve("imported");
    CheckpointImport.read(Fixtures.of(name), given).write(run);
    try (Dataset dataset = Trm.standard().generate("sudoku", DATA);
        TrmModel model = TrmModel.open(ModelFiles.read(run), "cpu-scalar", 1)) {
      assertThat(model.solve("1...............").verification().detail()).isNotNull();
      EvaluationReport report =
          new Evaluation(Evaluation.published(), 5, 0).run(model, dataset, "test");
      assertThat(report.puzzles()).isEqualTo(5);
      assertThat(report.tokenAccuracy()).isBetween(0.0, 1.0);
    }
    TrainingConfig config =
        RunFolder.open(run).config().toBuilder()
            .steps(2)
            .batch(4)
            .evaluateEvery(-1)
            .maxSteps(2)
            .build();
    Path further = folder.resolve("further");
    try (Dataset dataset = Trm.standard().generate("sudoku", DATA);
        Backend backend = Trm.standard().backend("cpu-scalar", 1);
        Trainer trainer =
            new TrainerFactory(Set.of())
                .start(config, dataset, backend, further, WarmStart.from(run))) {
      TrainingResult result = trainer.run();
      assertThat(result.step()).isEqualTo(2);
    }
    assertThat(Fixtures.bits(ModelFiles.read(further).parameters()).keySet())
        .isEqualTo(Fixtures.bits(ModelFiles.read(run).parameters()).keySet());
    assertThat(ModelFiles.read(further).parameters().get("lm_head.weight").toArray())
        .isNotEqualTo(ModelFiles.read(run).parameters().get("lm_head.weight").toArray());
  }
}
