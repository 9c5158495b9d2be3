package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each reason why AMX cannot be used, with its remedy. */
class AmxSupportTest {
  @TempDir Path folder;
  private Path with;
  private Path without;

  @BeforeEach
  void processors() throws IOException {
    with =
        Files.writeString(
            folder.resolve("with"),
            "processor\t: 0\nmodel name\t: X\nflags\t\t: fpu avx512f amx_bf16 amx_tile amx_int8\n");
    without =
        Files.writeString(folder.resolve("without"), "processor\t: 0\nflags\t\t: fpu avx512f\n");
  }

  /** A system that refuses the calls it is told to refuse. */
  private record Playing(int tiles, int executable) implements SystemCalls {
    @Override
    public void requestTiles() throws Refused {
      if (tiles != 0) {
        throw new Refused("arch_prctl(ARCH_REQ_XCOMP_PERM)", tiles);
      }
    }

    @Override
    public MemorySegment executable(byte[] code) throws Refused {
      assertThat(code).isEqualTo(MachineCode.bytes());
      if (executable != 0) {
        throw new Refused("mprotect(PROT_EXEC)", executable);
      }
      return MemorySegment.ofArray(code);
    }
  }

  private AmxSupport.@Nullable Missing missing(
      String system, String architecture, Path processor, int tiles, int executable) {
    return new AmxSupport(
            system,
            architecture,
            processor,
            AmxSupportTest.class.getModule(),
            () -> new Playing(tiles, executable))
        .missing();
  }

  private static void says(AmxSupport.@Nullable Missing missing, String reason, String fix) {
    assertThat(missing).isNotNull();
    assertThat(missing.reason()).contains(reason);
    assertThat(missing.fix()).contains(fix);
  }

  @Test
  void nothingIsMissing() {
    assertThat(missing("Linux", "amd64", with, 0, 0)).isNull();
  }

  @Test
  void anotherSystemOrProcessor() {
    says(missing("Windows 11", "amd64", with, 0, 0), "this is Windows 11 on amd64", "cpu-vector");
    says(missing("Linux", "aarch64", with, 0, 0), "Linux on aarch64", "cpu-vector");
  }

  @Test
  void noTilesInTheProcessor() {
    says(
        missing("Linux", "amd64", without, 0, 0),
        "the processor has no amx_tile, amx_bf16",
        "4th generation");
    says(
        missing("Linux", "amd64", folder.resolve("none"), 0, 0),
        "none cannot be read",
        "mount /proc");
  }

  @Test
  void theKernelRefusesPermission() {
    says(
        missing("Linux", "amd64", with, 95, 0),
        "the kernel refuses permission to use tiles (arch_prctl(ARCH_REQ_XCOMP_PERM): EOPNOTSUPP)",
        "Linux 5.16");
  }

  @Test
  void executableMappingsAreForbidden() {
    says(
        missing("Linux", "amd64", with, 0, 13),
        "forbids memory that is executed (mprotect(PROT_EXEC): EACCES)",
        "execmem");
  }

  /** A module without native access, like this one on a host's module path. */
  @Test
  void nativeAccessIsNotEnabled() {
    Module module = ModuleLayer.boot().findModule("java.logging").orElseThrow();
    AmxSupport support =
        new AmxSupport(
            "Linux",
            "amd64",
            with,
            module,
            () -> {
              throw new AssertionError("asked the system without permission");
            });
    says(
        support.missing(),
        "native access is not enabled for java.logging",
        "start java with --enable-native-access=java.logging");
  }

  /** This machine's own kernel, if its processor has no tiles. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void aKernelWithoutTilesRefuses() throws IOException {
    if (Files.readString(Path.of("/proc/cpuinfo")).contains("amx_tile")) {
      assertThat(AmxSupport.missingHere()).isNull();
      return;
    }
    assertThatThrownBy(() -> new LinuxCalls().requestTiles())
        .isInstanceOf(SystemCalls.Refused.class)
        .hasMessageStartingWith("arch_prctl(ARCH_REQ_XCOMP_PERM): E");
    says(AmxSupport.missingHere(), "the processor has no amx_tile, amx_bf16", "cpu-vector");
    assertThatThrownBy(TileMachine::new)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("amx_tile");
  }

  @Test
  void theFlagThatIsNamedIsAllThatIsMissing() throws IOException, InterruptedException {
    String said = inAJvm();
    Matcher advice = Pattern.compile("fix=start java with (--\\S+?)]").matcher(said);
    assertThat(advice.find()).as(said).isTrue();
    assertThat(inAJvm(advice.group(1))).contains("nothing is missing");
  }

  private String inAJvm(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            PrintAmxSupport.class.getName(),
            with.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
