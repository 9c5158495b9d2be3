package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With --json the standard output is JSON and nothing else. */
class JsonTest {
  @TempDir private Path folder;

  private static JsonNode json(Run run) {
    assertThat(run.code()).as("%s", run).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void aTrainingRunSaysHowItEnded() {
    Path out = folder.resolve("run");
    Run run =
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=20,test=5",
            "--config",
            "demo",
            "--out",
            out,
            "--steps",
            2,
            "--set",
            "hiddenSize=16",
            "--set",
            "puzzleEmbDim=16",
            "--set",
            "run.batch=2",
            "--json");
    JsonNode result = json(run);
    assertThat(result.get("end").asString()).isEqualTo("DONE");
    assertThat(result.get("step").asLong()).isEqualTo(2);
    assertThat(Path.of(result.get("model").asString())).exists();
    assertThat(result.at("/progress/loss").asDouble()).isBetween(0.01, 100.0);
    assertThat(result.at("/evaluation/puzzles").asInt()).isEqualTo(5);
    assertThat(run.err()).contains("step 2");
  }

  @Test
  void anAblationGivesARowForEachPolicy() {
    Run run =
        Run.of(
            "ablate",
            "--data",
            "sudoku:size=4,train=20,test=5",
            "--policies",
            "trm,direct",
            "--seeds",
            "1",
            "--budget",
            1,
            "--out",
            folder.resolve("ablation"),
            "--set",
            "hiddenSize=16",
            "--set",
            "puzzleEmbDim=16",
            "--set",
            "run.batch=2",
            "--json");
    JsonNode rows = json(run);
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.get(0).get("policy").asString()).isEqualTo("trm");
    assertThat(rows.get(1).get("policy").asString()).isEqualTo("direct");
    assertThat(rows.get(0).at("/runs/0/steps").asLong()).isEqualTo(1);
    assertThat(rows.get(0).get("exact").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void examplesAreShownAsTextAndTokens() {
    Run run = Run.of("data", "show", "sudoku:size=4,train=2,test=3", "--count", 2, "--json");
    JsonNode examples = json(run);
    assertThat(examples.size()).isEqualTo(2);
    assertThat(examples.get(1).get("index").asInt()).isEqualTo(1);
    assertThat(examples.get(0).get("question").asString()).matches("[1-4.]{16}");
    assertThat(examples.get(0).get("answer").asString()).matches("[1-4]{16}");
    assertThat(examples.get(0).get("labels").size()).isEqualTo(16);
    JsonNode questions =
        json(Run.of("data", "show", "sudoku:size=4,train=2,test=3", "--no-answer", "--json"));
    assertThat(questions.get(0).has("answer")).isFalse();
    assertThat(questions.get(0).has("labels")).isFalse();
  }
}
