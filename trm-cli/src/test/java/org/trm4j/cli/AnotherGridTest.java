package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.cli.terminal.Failures;

/** A convolution's model takes puzzles of other sizes than it was trained on. */
class AnotherGridTest {
  private static final String MAZE = "S..##.G..";

  @TempDir private Path folder;

  @Test
  void evaluatesDrawsCurvesAndSolves() {
    Path model = folder.resolve("run");
    Run trained =
        Run.of(
            "train",
            "--config=maze-15",
            "--out=" + model,
            "--data=maze:size=5,train=endless,test=4",
            "--steps=1",
            "--threads=1",
            "--set=model.hiddenSize=8",
            "--set=run.batch=2",
            "--set=run.evaluatePuzzles=2");
    assertThat(trained.code()).as(trained.err()).isZero();

    String data = "--data=maze:size=4x6,train=0,test=3";
    Run evaluated = Run.of("eval", "--model", model, data, "--steps=2", "--threads=1");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("3 puzzles of test");
    assertThat(evaluated.err())
        .contains(
            "model: trained on maze {size=5}, runs on {size=4x6}: a convolution fits every grid");

    Run curve = Run.of("curve", "--model", model, data, "--steps=2", "--threads=1", "--seeds=1");
    assertThat(curve.code()).as(curve.err()).isZero();
    assertThat(curve.err()).contains("runs on {size=4x6}");

    Run solved =
        Run.of("solve", "--model", model, "--grid=size=3", MAZE, "--steps=1", "--threads=1");
    assertThat(solved.err()).as("a puzzle of the grid is read").doesNotContain("trm:");
    assertThat(solved.out()).contains("after 1 step");
  }

  @Test
  void saysWhatCannotRunOnAnotherGrid() {
    refused(
        Run.of("solve", "--model=sudoku-4", "--grid=size=6", ".".repeat(36)),
        "model: mixer TOKEN_MLP and positions NONE belong to 16 cells");
    refused(Run.of("solve", "--grid=size=3", MAZE), "solve: --grid needs --model");
    refused(
        Run.of("eval", "--model=sudoku-4", "--data=sudoku:size=6,train=0,test=1"),
        "expected sudoku {size=4} as the model was trained on");
  }

  private static void refused(Run run, String message) {
    assertThat(run.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }
}
