package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.backend.cpu.kernel.amx.AmxSupport;
import org.trm4j.backend.cpu.kernel.vector.TileChoice;
import org.trm4j.backend.cpu.kernel.vector.VectorWidth;
import org.trm4j.backend.cpu.session.CpuBackend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

class AvailabilityTest {

  @Test
  void isAvailableWithTheModule() {
    assertThat(new CpuVectorProvider().availability())
        .isInstanceOf(BackendProvider.Availability.Available.class);
    assertThat(new CpuScalarProvider().availability())
        .isInstanceOf(BackendProvider.Availability.Available.class);
  }

  @Test
  void saysWhatIsMissingWithoutTheModule() throws IOException, InterruptedException {
    assertThat(run())
        .contains("Unavailable[reason=the JVM runs without the module jdk.incubator.vector")
        .contains("--add-modules jdk.incubator.vector")
        .contains("backend cpu-vector: unavailable")
        .contains("cpu-scalar: plain loops, 1 threads");
  }

  @Test
  void refusesAnUnknownWidth() throws IOException, InterruptedException {
    assertThat(run("--add-modules", "jdk.incubator.vector", "-D" + VectorWidth.PROPERTY + "=384"))
        .contains("Unavailable[reason=system property org.trm4j.cpu.vectorBits is 384");
  }

  /** Every value that a refusal suggests works, with the flag that it names. */
  @ParameterizedTest
  @CsvSource({"128, 14x2", "256, 6x4", "512, 6x2"})
  void isAvailableAsItIsTold(String width, String tile) throws IOException, InterruptedException {
    String[] flags = {
      "--add-modules",
      "jdk.incubator.vector",
      "-D" + VectorWidth.PROPERTY + "=" + width,
      "-D" + TileChoice.PROPERTY + "=" + tile
    };
    assertThat(run(flags))
        .containsPattern("Available\\[detail=" + width + "-bit vectors, kernel " + tile);
    flags[3] = "-D" + TileChoice.PROPERTY + "=5x5";
    assertThat(run(flags)).contains("fix=set it to 14x2, 6x4 or 6x2, or not at all");
  }

  /** Flags that switch C2 off; the last ones leave it on. */
  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=0, (-XX:TieredStopAtLevel=0)",
    "-XX:TieredStopAtLevel=1, (-XX:TieredStopAtLevel=1)",
    "-XX:TieredStopAtLevel=3, (-XX:TieredStopAtLevel=3)",
    "-XX:CompilationMode=quick-only, (-XX:",
    "-XX:-UseCompiler, (-XX:-UseCompiler)",
    "-Xint, (-Xint)",
    "-XX:TieredStopAtLevel=4, Available[",
    "-XX:-TieredCompilation, Available["
  })
  void saysWhichFlagLeavesOutTheOptimizingCompiler(String flag, String said)
      throws IOException, InterruptedException {
    String output = run("--add-modules", "jdk.incubator.vector", flag);
    assertThat(output).contains(said);
    if (said.startsWith("(")) {
      assertThat(output).contains("Impaired[").contains("start java without that flag");
    }
    // Still usable on request.
    assertThat(output).containsPattern("cpu-vector: [0-9]+-bit vectors");
  }

  @Test
  void takesTheNumberOfThreadsFromTheSystemProperty() throws IOException, InterruptedException {
    String property = "-D" + CpuBackend.THREADS + "=";
    assertThat(run("--add-modules", "jdk.incubator.vector", property + "3"))
        .contains("3 threads")
        .contains("cpu-scalar: plain loops, 1 threads");
    for (String wrong : new String[] {"0", "-1", "4097", "many"}) {
      assertThat(run("--add-modules", "jdk.incubator.vector", property + wrong))
          .contains(
              "Unavailable[reason=system property org.trm4j.cpu.threads is "
                  + wrong
                  + ", expected 1..4096");
    }
  }

  /** Both remedies for a missing module; neither names a flag that could not work there. */
  @Test
  @Tag("nightly")
  void tellsAModuleThatIsNotThereFromOneThatWasNotAskedFor(@TempDir Path folder)
      throws IOException, InterruptedException {
    String without = image(folder.resolve("without"), "java.base,java.logging");
    assertThat(runOn(without))
        .contains("this Java runtime does not contain the module jdk.incubator.vector")
        .doesNotContain("add-modules")
        .contains("cpu-scalar: plain loops, 1 threads");
    String with = image(folder.resolve("with"), "java.base,java.logging,jdk.incubator.vector");
    assertThat(runOn(with))
        .contains("the JVM runs without the module jdk.incubator.vector")
        .contains("start java with --add-modules jdk.incubator.vector");
    assertThat(runOn(with, "--add-modules", "jdk.incubator.vector")).contains("Available[");
    // The common flag is noticed even without the bean's module.
    assertThat(runOn(with, "--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"))
        .contains("(-XX:TieredStopAtLevel=1)");
  }

  private static String image(Path folder, String modules)
      throws IOException, InterruptedException {
    Process jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                modules,
                "--output",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jlink.waitFor()).as(output).isZero();
    return folder.resolve("bin").resolve("java").toString();
  }

  /** In a JVM without the property that these tests run with. */
  @Test
  void saysWhyThereAreNoTiles() throws IOException, InterruptedException {
    String output =
        run("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");
    AmxSupport.Missing missing = AmxSupport.missingHere();
    if (missing == null) {
      assertThat(output).containsPattern("cpu-amx: Available\\[detail=AMX tiles");
      return;
    }
    assertThat(output)
        .contains("cpu-amx: Unavailable[reason=" + missing.reason() + ", fix=" + missing.fix())
        .contains("backend cpu-amx: unavailable: " + missing.reason());
  }

  @Test
  void refusesAnUnknownKindOfTiles() throws IOException, InterruptedException {
    String property = "-D" + CpuAmxProvider.PROPERTY + "=";
    assertThat(run("--add-modules", "jdk.incubator.vector", property + "emulated"))
        .contains(
            "cpu-amx: Unavailable[reason=system property org.trm4j.cpu.amx is emulated,"
                + " fix=set it to model, or not at all]");
    assertThat(run("--add-modules", "jdk.incubator.vector", property + "model"))
        .contains("cpu-amx: Impaired[detail=Java model of AMX tiles");
    assertThat(run(property + "model"))
        .contains("cpu-amx: Unavailable[reason=the JVM runs without the module");
  }

  @Test
  void refusesUnknownOptions() {
    BackendOptions device = BackendOptions.DEFAULT.withThreads(1).withDevice("gpu");
    assertThatThrownBy(() -> new CpuScalarProvider().open(device))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend cpu-scalar: device gpu, expected none: it has only one");
    BackendOptions property =
        BackendOptions.DEFAULT.withThreads(1).withProperties(Map.of("tile", "9"));
    assertThatThrownBy(() -> new CpuScalarProvider().open(property))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend cpu-scalar: properties [tile], expected none");
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    return runOn(Path.of(System.getProperty("java.home"), "bin", "java").toString(), flags);
  }

  private static String runOn(String java, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PrintAvailability.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
