package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineCodeTest {

  /** The bytes equal the assembler's output for the source beside them. */
  @Test
  void isWhatTheAssemblerMakesOfItsSource(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("t.s"), source());
    run(folder, "as", "--64", "-o", "t.o", "t.s");
    run(folder, "objcopy", "-O", "binary", "-j", ".text", "t.o", "t.bin");
    assertThat(MachineCode.bytes()).isEqualTo(Files.readAllBytes(folder.resolve("t.bin")));
  }

  static String source() throws IOException {
    try (InputStream source = MachineCode.class.getResourceAsStream("tile_product.s")) {
      assertThat(source).as("tile_product.s beside MachineCode").isNotNull();
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort(
          "not compared: %s cannot be run (%s); install GNU binutils of x86-64"
              .formatted(command[0], e.getMessage()));
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (command[0].equals("as") && status != 0 && output.contains("unrecognized option")) {
      Assumptions.abort("not compared: this assembler is not one for x86-64: " + output);
    }
    assertThat(status).as("%s: %s", List.of(command), output).isZero();
  }

  /**
   * Mapping, protection and critical call, on every x86-64 Linux, with code of three instructions.
   */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void codeInItsMappingRuns() throws Throwable {
    // mov rax,[rdi]; lea rax,[rax+rax*2]; mov [rdi],rax; ret
    byte[] code = {
      0x48, (byte) 0x8b, 0x07, 0x48, (byte) 0x8d, 0x04, 0x40, 0x48, (byte) 0x89, 0x07, (byte) 0xc3
    };
    MethodHandle call = TileMachine.link(new LinuxCalls().executable(code));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG);
      word.set(ValueLayout.JAVA_LONG, 0, 14);
      call.invokeExact(word);
      assertThat(word.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(42);
    }
  }
}
