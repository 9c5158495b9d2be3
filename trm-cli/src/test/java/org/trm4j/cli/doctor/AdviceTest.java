package org.trm4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.backend.spi.BackendProvider;

class AdviceTest {
  private static final Machine MACHINE =
      new Machine(
          Optional.of("a processor"), Set.of("avx2"), 4, 8L << 30, 0.1, Optional.of("madvise"));
  private static final Jvm JVM =
      new Jvm("25", "mixed mode, sharing", 4, 4L << 30, List.of(), List.of("Copy"));

  @Test
  void saysNothingWhereAllIsWell() {
    assertThat(Advice.of(MACHINE, JVM, Map.of())).isEmpty();
  }

  @Test
  void seesProcessorsThatAreNotThere() {
    assertThat(Advice.of(MACHINE, jvm("mixed mode", 64), Map.of()))
        .singleElement()
        .asString()
        .contains("64 processors and the system has 4", "remove -XX:ActiveProcessorCount");
    assertThat(Advice.of(MACHINE, jvm("mixed mode", 2), Map.of()))
        .singleElement()
        .asString()
        .contains("2 of 4 processors");
  }

  @Test
  void seesOtherWorkPagesAndASmallHeap() {
    Machine busy = new Machine(Optional.empty(), Set.of(), 0, 0, 7, Optional.of("never"));
    Jvm small = new Jvm("25", "mixed mode", 4, 64L << 20, List.of("-XX:UseAVX=2"), List.of());
    assertThat(Advice.of(busy, small, Map.of()))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("load 7.0 on 4"))
        .anySatisfy(line -> assertThat(line).contains("transparent_hugepage"))
        .anySatisfy(line -> assertThat(line).contains("64 MiB", "-Xmx2g"))
        .anySatisfy(line -> assertThat(line).contains("remove -XX:UseAVX=2"));
  }

  /** A backend knows what slows it down: the compiler that is off, above all. */
  @Test
  void passesOnWhatSlowsABackendDown() {
    Map<String, BackendProvider.Availability> backends =
        Map.of(
            "fast", new BackendProvider.Availability.Available("all is well"),
            "slow",
                new BackendProvider.Availability.Impaired(
                    "512-bit vectors", "C2 is off (-Xint)", "drop it"),
            "none", new BackendProvider.Availability.Unavailable("no device", "buy one"));
    assertThat(Advice.of(MACHINE, JVM, backends))
        .containsExactly("slow (512-bit vectors) is slow, since C2 is off (-Xint): drop it");
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
}
