package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelFiles;

/**
 * A runtime image of the JDK's base and logging alone: without the Vector API, the Flight Recorder
 * and the management beans.
 */
class SmallRuntimeTest {
  @TempDir private Path folder;

  static final class Solve {
    private Solve() {}

    public static void main(String[] args) {
      try (TrmModel model = TrmModel.open(Path.of(args[0]))) {
        System.out.println(model.device());
        System.out.println(model.solve(args[1]).text());
      }
    }
  }

  @Test
  void solvesAndAdvisesNothingThatCannotWorkThere() throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.write(file, Models.sudoku());
    Path image = folder.resolve("image");
    Path home = Path.of(System.getProperty("java.home"), "bin");
    run(
        home.resolve("jlink").toString(),
        "--add-modules",
        "java.base,java.logging",
        "--output",
        image.toString());
    List<String> path = new ArrayList<>();
    for (Class<?> type :
        List.of(
            SmallRuntimeTest.class,
            Trm.class,
            Class.forName("org.trm4j.backend.cpu.CpuScalarProvider"),
            Class.forName("org.trm4j.datasets.sudoku.SudokuProvider"))) {
      path.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    String said =
        run(
            image.resolve("bin/java").toString(),
            "-cp",
            String.join(System.getProperty("path.separator"), path),
            Solve.class.getName(),
            file.toString(),
            Models.PUZZLE);
    assertThat(said)
        .contains("cpu-scalar: plain loops")
        .containsPattern("(?m)^[1-4.]{16}$")
        .contains("does not contain the module jdk.incubator.vector")
        .doesNotContain("add-modules", "Exception", "Error");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
