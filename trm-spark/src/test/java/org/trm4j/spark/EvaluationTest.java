package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Attempts;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;

class EvaluationTest {
  /** From the tests of trm-datasets-io: twelve tasks with nine forms each. */
  private static final Path ARC =
      Path.of("..", "trm-datasets-io", "src", "test", "resources", "arc", "built-aug8")
          .toAbsolutePath()
          .normalize();

  @TempDir static Path folder;
  static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Cluster.inThisJvm();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void figuresAreThoseOfOneProcess() throws Exception {
    Path model = folder.resolve("sudoku.safetensors");
    ModelFiles.write(model, Trm.standard().model("sudoku-4").read());
    String data = "sudoku:size=4,train=1,test=90,seed=3";
    EvaluationSettings settings =
        EvaluationSettings.builder()
            .steps(4)
            .halting("verified")
            .attempts(2)
            .noise(0.4)
            .seed(5)
            .batch(8)
            .puzzles(70)
            .tasks(4)
            .build();

    ClusterEvaluation found = new TrmEvaluation("sudoku-4", data, settings, false).run(spark);

    assertThat(figures(found.report()))
        .isEqualTo(figures(alone(model, data, settings, null)))
        .containsEntry("puzzles", 70);
    ClusterEvaluation otherParts =
        new TrmEvaluation(
                model.toUri().toString(), data, settings.toBuilder().tasks(9).build(), false)
            .run(spark);
    assertThat(figures(otherParts.report())).isEqualTo(figures(found.report()));
  }

  @Test
  void votesOfAnArcTaskMeetAndGiveTheSameFiles() throws Exception {
    Path model = Puzzles.writeArcModel(folder);
    EvaluationSettings settings = EvaluationSettings.builder().steps(2).batch(4).tasks(5).build();
    Path files = Files.createDirectory(folder.resolve("arc-files"));

    ClusterEvaluation found =
        new TrmEvaluation(model.toUri().toString(), "arc:" + ARC.toUri().toString(), settings, true)
            .run(spark);

    EvaluationReport alone = alone(model, "arc:" + ARC, settings, files);
    assertThat(figures(found.report())).isEqualTo(figures(alone)).containsKey("ARC/pass@2");
    assertThat(found.files()).containsOnlyKeys("result.json", "submission.json");
    for (String name : found.files().keySet()) {
      assertThat(new String(found.files().get(name), StandardCharsets.UTF_8))
          .isEqualTo(Files.readString(files.resolve(name)));
    }
  }

  @Test
  void refusalsAreTheLibrarysOwn() {
    assertThatThrownBy(() -> new TrmEvaluation("sudoku-4", "hdfs-like/no/such/file.csv").run(spark))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("no such file or folder");
    assertThatThrownBy(() ->
            new TrmEvaluation(
                    "sudoku-4",
                    "sudoku:size=4,train=1,test=5",
                    EvaluationSettings.builder().split("no-such").build(),
                    false)
                .run(spark))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no-such");
  }

  private static EvaluationReport alone(
      Path file, String data, EvaluationSettings settings, Path files) {
    try (TrmModel model = TrmModel.open(file);
        Dataset dataset = DataText.open(data)) {
      Evaluator evaluator = dataset.evaluator("test");
      EvaluationReport report =
          new Evaluation(
                  settings.options(Attempts.usualSigma(model.description())),
                  32,
                  settings.puzzles())
              .run(model, model.fit(dataset).of(dataset.split("test")), evaluator, done -> {});
      if (files != null) {
        evaluator.write(files);
      }
      return report;
    }
  }

  private static Map<String, Object> figures(EvaluationReport report) {
    Map<String, Object> figures = new LinkedHashMap<>(report.figures("test", "any"));
    figures.remove("seconds");
    figures.remove("puzzlesPerSecond");
    return figures;
  }
}
