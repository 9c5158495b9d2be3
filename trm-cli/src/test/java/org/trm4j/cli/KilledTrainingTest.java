package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.model.Tensor;

/**
 * Processes that train are killed, run out of space or meet each other; what they saved is whole.
 */
class KilledTrainingTest {
  private static final long ENDLESS = 1_000_000;
  private static final String RISE = "before-rise.safetensors";

  @TempDir private Path folder;

  private List<String> command(Path run, boolean resumed, long steps) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrmMain.class.getName(),
                "train",
                "--out",
                run.toString(),
                "--steps",
                Long.toString(steps),
                "--backend",
                "cpu-scalar",
                "--threads",
                "1"));
    if (resumed) {
      command.add("--resume");
      return command;
    }
    command.addAll(List.of("--config", "demo"));
    data.forEach(location -> command.addAll(List.of("--data", location)));
    for (String setting :
        List.of(
            "model.hiddenSize=8",
            "model.numHeads=2",
            "model.puzzleEmbDim=8",
            "recursion.arguments.layers=1",
            "recursion.arguments.T=1",
            "run.batch=2",
            "run.logEvery=3",
            "run.checkpointEvery=1",
            "run.evaluateEvery=-1",
            "halting.maxSteps=3")) {
      command.addAll(List.of("--set", setting));
    }
    more.forEach(setting -> command.addAll(List.of("--set", setting)));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.txt").toFile()))
        .start();
  }

  private int finish(List<String> command) throws Exception {
    Process process = start(command);
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean saved(Path run) {
    return Files.exists(run.resolve("resume.safetensors"));
  }

  private static FileTime lastSave(Path run) throws IOException {
    return saved(run)
        ? Files.getLastModifiedTime(run.resolve("resume.safetensors"))
        : FileTime.fromMillis(0);
  }

  private static long step(Path run) {
    return Long.parseLong(
        SafetensorsReader.read(run.resolve("resume.safetensors"))
            .metadata()
            .getOrDefault("step", "-1"));
  }

  private List<String> data = List.of("sudoku:size=4,train=40,test=8");
  private List<String> more = List.of();

  /** Kills a training process again and again at random moments, and lets the last one end. */
  private void kill(int times, int mostMillis, long seed) throws Exception {
    Path run = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(seed);
    int saves = 0;
    for (int i = 0; i < times; i++) {
      FileTime before = lastSave(run);
      // On a busy machine most of a short life is the start of the JVM, so that only some end
      // there.
      boolean starting = i > 0 && random.nextInt(4) == 0;
      Process process = start(command(run, saved(run), ENDLESS));
      try {
        for (int j = 0; !starting && j < 6_000 && lastSave(run).equals(before); j++) {
          Thread.sleep(20);
        }
        int life = starting ? 200 + random.nextInt(mostMillis) : random.nextInt(1_500);
        assertThat(process.waitFor(life, TimeUnit.MILLISECONDS)).as(() -> output()).isFalse();
      } finally {
        // SIGKILL, where there are signals.
        process.destroyForcibly();
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      saves += lastSave(run).equals(before) ? 0 : 1;
    }
    System.err.printf(
        Locale.ROOT,
        "%s kills, %s of processes that had saved, at step %s%n",
        times,
        saves,
        step(run));
    assertThat(saves).as("kills of processes that had saved").isGreaterThanOrEqualTo(times / 2);
    long end = step(run) + 5;
    assertThat(finish(command(run, true, end))).as(() -> output()).isZero();

    Path whole = folder.resolve("whole");
    assertThat(finish(command(whole, false, end))).as(() -> output()).isZero();
    assertSame(run, whole, "model.safetensors");
    assertSame(run, whole, "resume.safetensors");
    assertThat(losses(run)).hasSizeGreaterThan(1).isEqualTo(losses(whole));
    try (var files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
    boolean rose = Files.exists(whole.resolve(RISE));
    assertThat(Files.exists(run.resolve(RISE))).isEqualTo(rose);
    if (rose) {
      assertSame(run, whole, RISE);
    }
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void assertSame(Path one, Path other, String file) {
    Checkpoint left = SafetensorsReader.read(one.resolve(file));
    Map<String, Tensor> right = SafetensorsReader.read(other.resolve(file)).tensors().tensors();
    assertThat(left.tensors().tensors().keySet()).isEqualTo(right.keySet());
    left.tensors()
        .tensors()
        .forEach((name, tensor) ->
            assertThat(tensor.toArray()).as(name).containsExactly(right.get(name).toArray()));
  }

  private static List<String> losses(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> line.contains("\"event\":\"train\""))
        .map(line -> line.replaceAll("\"(totalSteps|puzzlesPerSecond|seconds)\":[0-9.E-]+", ""))
        .toList();
  }

  @Test
  void aKilledRunEndsAsOneThatNobodyTouched() throws Exception {
    kill(2, 3_000, 1);
  }

  @Tag("nightly")
  @Test
  void aRunKilledAHundredTimesEndsAsOneThatNobodyTouched() throws Exception {
    long seed = Long.getLong("trm.fuzz.seed", 1);
    System.err.println("seed " + seed);
    kill(100, 6_000, seed);
  }

  /** Puzzles without end, a list, and weights that change all the time. */
  @Tag("nightly")
  @Test
  void aMixtureKilledTwentyTimesEndsAsOneThatNobodyTouched() throws Exception {
    data =
        List.of(
            "0:1,100000:0.1*sudoku:size=4,train=endless,test=8,minGivens=8",
            "0:0,100000:0.9*sudoku:size=4,train=endless,test=8,maxGivens=7,seed=2",
            "0.1*sudoku:size=4,train=40,test=8");
    kill(20, 6_000, 1);
  }

  /** The rate is so high that the loss rises and comes down again: one more file comes and goes. */
  @Tag("nightly")
  @Test
  void aRunWhoseLossRisesKilledTwentyTimesEndsAsOneThatNobodyTouched() throws Exception {
    more = List.of("optimizer.learningRate=17", "optimizer.warmupSteps=100");
    Path run = folder.resolve("killed");
    // Nobody kills it before: on a busy machine twenty lives make few steps. A run's last step is
    // in
    // the log; this one is there anyway.
    assertThat(finish(command(run, false, 111))).as(() -> output()).isZero();
    kill(20, 6_000, 3);
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"event\":\"rise\"");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aWriteThatFailsKeepsTheLastCheckpoint() throws Exception {
    Path run = folder.resolve("run");
    assertThat(finish(command(run, false, 2))).as(() -> output()).isZero();
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 100; exec \"$@\"", "limited"));
    limited.addAll(command(run, true, 9));
    Files.delete(folder.resolve("output.txt"));
    assertThat(finish(limited)).as(() -> output()).isEqualTo(Failures.BAD_INPUT);
    assertThat(output()).contains("resume.safetensors: cannot be written: ");
    assertThat(output().lines().filter(line -> line.startsWith("trm: "))).hasSize(1);
    assertThat(step(run)).isEqualTo(2);
    try (var files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
    assertThat(finish(command(run, true, 3))).as(() -> output()).isZero();
    assertThat(step(run)).isEqualTo(3);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSecondProcessIsRefusedByTheFirstOnesId() throws Exception {
    Path run = folder.resolve("run");
    assertThat(finish(command(run, false, 2))).as(() -> output()).isZero();
    Process first = start(command(run, true, ENDLESS));
    try {
      for (int i = 0; i < 600 && step(run) < 3; i++) {
        Thread.sleep(50);
      }
      Run second = Run.of("train", "--resume", "--out", run, "--backend", "cpu-scalar");
      assertThat(second.code()).isEqualTo(Failures.BAD_INPUT);
      assertThat(second.err().strip())
          .hasLineCount(1)
          .contains("process " + first.pid() + " trains in it");
      assertThat(first.isAlive()).isTrue();
    } finally {
      first.destroyForcibly().waitFor();
    }
  }
}
