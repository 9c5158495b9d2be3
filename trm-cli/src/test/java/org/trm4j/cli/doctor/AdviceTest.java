package org.trm4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {
  private static final Machine MACHINE =
      new Machine(
          Optional.of("a processor"), Set.of("avx2"), 4, 8L << 30, 0.1, Optional.of("madvise"));
  private static final Jvm JVM =
      new Jvm("25", "mixed mode, sharing", 4, 4L << 30, List.of(), List.of("Copy"));

  @Test
  void saysNothingWhereAllIsWell() {
    assertThat(Advice.of(MACHINE, JVM)).isEmpty();
  }

  @Test
  void seesProcessorsThatAreNotThere() {
    assertThat(Advice.of(MACHINE, jvm("mixed mode", 64)))
        .singleElement()
        .asString()
        .contains("64 processors and the system has 4", "remove -XX:ActiveProcessorCount");
    assertThat(Advice.of(MACHINE, jvm("mixed mode", 2)))
        .singleElement()
        .asString()
        .contains("2 of 4 processors");
  }

  @Test
  void seesOtherWorkPagesAndASmallHeap() {
    Machine busy = new Machine(Optional.empty(), Set.of(), 0, 0, 7, Optional.of("never"));
    Jvm small = new Jvm("25", "mixed mode", 4, 64L << 20, List.of("-XX:UseAVX=2"), List.of());
    assertThat(Advice.of(busy, small))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("load 7.0 on 4"))
        .anySatisfy(line -> assertThat(line).contains("transparent_hugepage"))
        .anySatisfy(line -> assertThat(line).contains("64 MiB", "-Xmx2g"))
        .anySatisfy(line -> assertThat(line).contains("remove -XX:UseAVX=2"));
  }

  /** What a JVM says of itself, and the remedy: the same JVM without the flag optimizes. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-Xint"})
  void seesThatTheOptimizingCompilerIsOff(String flag) throws Exception {
    String with = modeOf(List.of(flag));
    Jvm slow = new Jvm("25", with, 4, 4L << 30, List.of(flag), List.of());
    assertThat(Advice.of(MACHINE, slow))
        .singleElement()
        .asString()
        .contains(with, "start java without " + flag);
    assertThat(Advice.of(MACHINE, jvm(modeOf(List.of()), 4))).isEmpty();
  }

  @Test
  void readsWhatLinuxTells(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(
        root.resolve("proc/cpuinfo"),
        """
        processor\t: 0
        model name\t: Some Processor 9000: fast
        flags\t\t: fpu avx2 fma avx512f amx_bf16
        processor\t: 1
        model name\t: Some Processor 9000: fast
        flags\t\t: fpu avx2 fma avx512f amx_bf16
        """);
    Path pages = root.resolve("sys/kernel/mm/transparent_hugepage/enabled");
    Files.createDirectories(pages.getParent());
    Files.writeString(pages, "always [madvise] never\n");
    Machine machine = Machine.read(root);
    assertThat(machine.processor()).contains("Some Processor 9000: fast");
    assertThat(machine.told()).containsExactly("avx2", "fma", "avx512f", "amx_bf16");
    assertThat(machine.processors()).isEqualTo(2);
    assertThat(machine.largePages()).contains("madvise");
  }

  @Test
  void readsASystemThatTellsNothing(@TempDir Path root) {
    Machine machine = Machine.read(root);
    assertThat(machine.processor()).isEmpty();
    assertThat(machine.features()).isEmpty();
    assertThat(machine.processors()).isZero();
  }

  private static Jvm jvm(String mode, int processors) {
    return new Jvm("25", mode, processors, 4L << 30, List.of(), List.of());
  }

  private static String modeOf(List<String> flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-XshowSettings:properties", "-version"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("java.vm.info = "))
        .map(line -> line.substring("java.vm.info = ".length()))
        .findFirst()
        .orElseThrow();
  }
}
