package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands work together: a run is trained, resumed, evaluated, looked at, and solves. */
class TrainEvalSolveTest {
  @TempDir private Path folder;

  @Test
  void trainsResumesEvaluatesAndSolves() throws Exception {
    Path run = folder.resolve("run");
    String data = "sudoku:size=4,train=64,test=8";
    Run trained =
        Run.of(
            "train",
            "--data",
            data,
            "--config",
            "demo",
            "--out",
            run,
            "--steps",
            4,
            "--seed",
            3,
            "--set",
            "run.batch=16",
            "--set",
            "model.hiddenSize=32",
            "--set",
            "model.puzzleEmbDim=32");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(run.resolve("model.safetensors")).isRegularFile();
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).isNotEmpty();

    Run resumed = Run.of("train", "--resume", "--out", run, "--steps", 6);
    assertThat(resumed.code()).as(resumed.err()).isZero();

    Run evaluated = Run.of("eval", "--model", run, "--data", data, "--steps", 3, "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    JsonNode json = new JsonMapper().readTree(evaluated.out());
    assertThat(json.get("puzzles").intValue()).isEqualTo(8);
    assertThat(json.get("exactAccuracyByStep").size()).isEqualTo(3);
    for (String key :
        new String[] {"exactAccuracy", "tokenAccuracy", "meanSteps", "puzzlesPerSecond"}) {
      assertThat(json.get(key).isNumber()).as(key).isTrue();
    }

    Run info = Run.of("info", run);
    assertThat(info.out()).contains("trained parameters").contains("trm(T=2, n=2, layers=2)");

    Run solved =
        Run.of(
            "solve",
            "--model",
            run,
            "--puzzle",
            "12..34..........",
            "--steps",
            2,
            "--trace",
            "--json");
    assertThat(solved.code()).as(solved.err()).isIn(0, 1);
    JsonNode answer = new JsonMapper().readTree(solved.out()).get(0);
    assertThat(answer.get("answer").stringValue()).hasSize(16);
    assertThat(answer.get("drafts").size()).isEqualTo(answer.get("steps").intValue());
    assertThat(solved.code() == 0).isEqualTo(answer.get("verified").booleanValue());
  }
}
