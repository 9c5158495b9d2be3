package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.cpu.kernel.vector.VectorWidth;
import org.trm4j.backend.spi.Availability;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;

class AvailabilityTest {

  @Test
  void isAvailableWithTheModule() {
    assertThat(new CpuVectorProvider().availability()).isInstanceOf(Availability.Available.class);
    assertThat(new CpuScalarProvider().availability()).isInstanceOf(Availability.Available.class);
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

  @Test
  void refusesUnknownOptions() {
    BackendOptions device = new BackendOptions(1, "gpu", Map.of());
    assertThatThrownBy(() -> new CpuScalarProvider().open(device))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend cpu-scalar: device gpu, expected none: it has only one");
    BackendOptions property = new BackendOptions(1, "", Map.of("tile", "9"));
    assertThatThrownBy(() -> new CpuScalarProvider().open(property))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend cpu-scalar: properties [tile], expected none");
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.util.List.of(flags));
    command.addAll(
        java.util.List.of(
            "-cp", System.getProperty("java.class.path"), PrintAvailability.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
