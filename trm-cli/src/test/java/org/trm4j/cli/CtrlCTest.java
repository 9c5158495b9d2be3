package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.model.ModelFiles;

/** Ctrl-C at a terminal, once and twice, for each command that works for long. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "script of util-linux makes the terminal")
class CtrlCTest {
  private static final String SMALL = "sudoku:size=4,train=64,test=8";

  @TempDir private Path folder;

  private PseudoTerminal trm(Object... arguments) throws IOException {
    return PseudoTerminal.start(folder.resolve("shown.txt"), arguments);
  }

  private PseudoTerminal train(Path run, int batch) throws IOException {
    return trm(
        "train",
        "--data",
        SMALL,
        "--config",
        "demo",
        "--out",
        run,
        "--steps",
        1_000_000,
        "--backend",
        "cpu-scalar",
        "--threads",
        1,
        "--set",
        "run.batch=" + batch,
        "--set",
        "run.logEvery=2",
        "--set",
        "run.checkpointEvery=0",
        "--set",
        "run.evaluateEvery=4",
        "--set",
        "run.evaluatePuzzles=1");
  }

  private Path model() {
    Path run = folder.resolve("model");
    Run trained =
        Run.of(
            "train",
            "--data",
            SMALL,
            "--config",
            "demo",
            "--out",
            run,
            "--steps",
            1,
            "--backend",
            "cpu-scalar",
            "--set",
            "run.batch=2",
            "--set",
            "run.evaluatePuzzles=1");
    assertThat(trained.code()).as(trained.err()).isZero();
    return run;
  }

  @Test
  void trainingSavesAndItsEvaluationsCanBeRead() throws Exception {
    Path run = folder.resolve("run");
    try (PseudoTerminal terminal = train(run, 2)) {
      terminal.awaitText("evaluation:");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.lines())
          .anyMatch(line -> line.matches("step 4  evaluation: exact .* puzzles/s"))
          .contains(
              "trm: finishing this step, then saving (Ctrl-C again stops at once)",
              "saved in " + run + "; go on with: trm train --resume --out " + run);
      assertThat(terminal.shown()).contains("/1000000 steps, ");
    }
    long step =
        Long.parseLong(
            ModelFiles.read(run.resolve(ModelFiles.FILE_NAME))
                .metadata()
                .getOrDefault("step", "0"));
    assertThat(step).isBetween(4L, 999_999L);
    assertThat(run.resolve("curves.png")).isNotEmptyFile();
  }

  @Test
  void twiceStopsTrainingAtOnce() throws Exception {
    Path run = folder.resolve("run");
    // A step of thousands of sequences takes far longer than the test waits between the two.
    try (PseudoTerminal terminal = train(run, 8192)) {
      terminal.awaitText("0/1000000 steps");
      terminal.pressCtrlC();
      terminal.awaitText("finishing this step");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.lines()).contains("trm: stopped at once: nothing had been saved");
    }
    assertThat(run.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void evaluationSaysHowFarItCame() throws Exception {
    try (PseudoTerminal terminal =
        trm(
            "eval",
            "--model",
            model(),
            "--data",
            "sudoku:size=4,train=0,test=5000",
            "--backend",
            "cpu-scalar",
            "--threads",
            1,
            "--steps",
            1000,
            "--batch",
            1)) {
      terminal.awaitText(" puzzles solved");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.shown()).containsPattern("trm: interrupted: after \\d+ puzzles of test");
    }
  }

  @Test
  void solvingKeepsTheAnswersThatItHas() throws Exception {
    Path puzzles = folder.resolve("puzzles.txt");
    Files.writeString(puzzles, "1...............\n".repeat(100_000));
    try (PseudoTerminal terminal =
        trm(
            "solve",
            "--model",
            model(),
            "--file",
            puzzles,
            "--json",
            "--trace",
            "--halt",
            "fixed",
            "--backend",
            "cpu-scalar",
            "--threads",
            1)) {
      terminal.awaitText(" puzzles solved");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.shown())
          .contains("\"question\" : \"1...............\"")
          .containsPattern("trm: interrupted: after \\d+ of 100000 puzzles");
    }
  }

  @Test
  void benchStopsAtItsNextStep() throws Exception {
    try (PseudoTerminal terminal =
        trm("bench", "--batch", 1, "--runs", 100_000, "--backend", "cpu-scalar", "--threads", 1)) {
      terminal.awaitText("step 1 of 100002");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.shown()).contains("trm: interrupted: ");
    }
  }

  @Test
  void aFolderThatIsHalfBuiltIsTakenBack() throws Exception {
    Path out = folder.resolve("built");
    Path inputs = out.resolve("train").resolve("all__inputs.npy");
    try (PseudoTerminal terminal =
        trm("data", "build", SMALL, "--augmentations", 10_000_000, "--out", out)) {
      terminal.await(() -> Files.exists(inputs));
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.shown())
          .contains("trm: interrupted: what was written to " + out + " was removed");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void anAblationSaysHowToGoOn() throws Exception {
    Path out = folder.resolve("ablation");
    try (PseudoTerminal terminal =
        trm(
            "ablate",
            "--data",
            SMALL,
            "--policies",
            "trm",
            "--seeds",
            1,
            "--budget",
            100_000,
            "--out",
            out,
            "--backend",
            "cpu-scalar",
            "--threads",
            1,
            "--set",
            "run.batch=2")) {
      terminal.awaitText("/100000 steps, ");
      terminal.pressCtrlC();
      assertThat(terminal.exitCode()).as(terminal.shown()).isEqualTo(130);
      assertThat(terminal.shown()).contains("go on with the same command");
    }
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("resume.safetensors");
    }
  }
}
