package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.KernelChoice.Attention;
import org.trm4j.backend.tornado.memory.KernelChoice.Shape;
import org.trm4j.model.ModelConfig;

/**
 * Kernels on a simulated device, each case in a JVM of its own, where the simulator is installed.
 * {@code simulator/run.sh} runs more of them, for an hour.
 */
class SimulatorTest {
  private static final Path SCRIPT = Path.of("simulator", "simulated.sh");
  private static final int NO_SIMULATOR = 69;

  @TempDir private Path folder;

  @Test
  void aPlantedRaceIsFound() throws Exception {
    assertThat(simulated("race")).contains("Write-write data race at global memory address");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  @Tag("nightly")
  void theCheckOfADeviceHasNoFinding(Shape shape) throws Exception {
    assertThat(simulated("check", shape.name())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  @Tag("nightly")
  void aTrainingStepHasNoFinding(Shape shape) throws Exception {
    assertThat(simulated("step", shape.name())).isEmpty();
  }

  /** Returns what the simulator finds in a case of {@link #main}. */
  private String simulated(String... simulated) throws IOException, InterruptedException {
    Path log = Files.createFile(folder.resolve("findings"));
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), log.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SimulatorTest.class.getName());
    command.addAll(List.of(simulated));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String said = Files.readString(output);
    assumeThat(status).as(said).isNotEqualTo(NO_SIMULATOR);
    assertThat(status).as(said).isZero();
    return Files.readString(log);
  }

  /** Runs a case on the simulated device. */
  static void main(String[] arguments) {
    DeviceChoice device = DeviceChoice.find("");
    assertThat(device.description()).contains("Oclgrind");
    switch (arguments[0]) {
      case "race" -> new PlantedRaceTest().leavesTheValueOfOneItem();
      case "check" ->
          assertThat(
                  DeviceCheck.of(
                      device, new KernelChoice(Shape.valueOf(arguments[1]), Attention.TILED)))
              .isEqualTo(DeviceCheck.PASSED);
      case "step" -> {
        String shape = Shape.valueOf(arguments[1]).name().toLowerCase(Locale.ROOT);
        new KernelFormsTest().trainAsTheCpuDoes(shape, "tiled", ModelConfig.Mixer.ATTENTION);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }
}
