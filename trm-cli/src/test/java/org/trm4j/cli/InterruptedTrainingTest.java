package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.model.ModelFiles;

/** Ctrl-C during training ends the process with a checkpoint, from which the run goes on. */
@DisabledOnOs(OS.WINDOWS)
class InterruptedTrainingTest {
  private static final long SIGINT = 1L << 1;

  @TempDir private Path folder;

  @Test
  void leavesALoadableCheckpointAndTheExitCodeOfAnInterruption() throws Exception {
    assumeFalse(interruptsAreIgnored(), "this build was started with SIGINT ignored");
    Path run = folder.resolve("run");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrmMain.class.getName(),
                "train",
                "--data",
                "sudoku:size=4,train=64,test=8",
                "--config",
                "demo",
                "--out",
                run.toString(),
                "--steps",
                "1000000",
                "--backend",
                "cpu-scalar",
                "--threads",
                "1",
                "--set",
                "run.batch=2",
                "--set",
                "run.logEvery=1",
                "--set",
                "run.checkpointEvery=0",
                "--set",
                "run.evaluateEvery=0")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      awaitSteps(process, output);
      assertThat(run.resolve("model.safetensors")).doesNotExist();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(130);
    long step =
        Long.parseLong(
            ModelFiles.read(run.resolve(ModelFiles.FILE_NAME))
                .metadata()
                .getOrDefault("step", "0"));
    assertThat(step).isBetween(2L, 999_999L);
    Run resumed = Run.of("train", "--resume", "--out", run, "--steps", step + 1);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("step " + (step + 1) + "/" + (step + 1));
  }

  private static void awaitSteps(Process process, Path output)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      List<String> lines = Files.readAllLines(output);
      if (lines.stream().anyMatch(line -> line.startsWith("step 2/"))) {
        return;
      }
      assertThat(process.isAlive()).as(() -> String.join("\n", lines)).isTrue();
      Thread.sleep(100);
    }
    throw new AssertionError("no training step in a minute: " + Files.readString(output));
  }

  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) != 0);
  }
}
