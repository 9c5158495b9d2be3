package org.trm4j.backend.cpu.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which processor gets which register tile. */
class ProcessorTest {

  @Test
  void readsLinux() {
    Processor zen4 =
        Processor.ofCpuInfo(
            List.of(
                "processor\t: 0",
                "vendor_id\t: AuthenticAMD",
                "cpu family\t: 25",
                "model\t\t: 17",
                "processor\t: 1",
                "vendor_id\t: Other"));
    assertThat(zen4).isEqualTo(new Processor("AuthenticAMD", 25));
    // An Arm machine names no family.
    assertThat(Processor.ofCpuInfo(List.of("processor\t: 0", "CPU implementer\t: 0x41")))
        .isEqualTo(new Processor("", 0));
    assertThat(Processor.ofCpuInfo(List.of("cpu family\t: many")).family()).isZero();
  }

  @Test
  void readsWindows() {
    assertThat(Processor.ofIdentifier("AMD64 Family 25 Model 97 Stepping 2, AuthenticAMD"))
        .isEqualTo(new Processor("AuthenticAMD", 25));
    assertThat(Processor.ofIdentifier("Intel64 Family 6 Model 173 Stepping 1, GenuineIntel"))
        .isEqualTo(new Processor("GenuineIntel", 6));
    assertThat(Processor.ofIdentifier("")).isEqualTo(new Processor("", 0));
  }

  @Test
  void choosesByProcessorWidthAndRegisters() {
    Processor zen4 = new Processor("AuthenticAMD", 25);
    Processor xeon = new Processor("GenuineIntel", 6);
    Processor unknown = new Processor("", 0);
    assertThat(Tile.choose(zen4, true, 16)).isEqualTo(Tile.WIDE);
    assertThat(Tile.choose(zen4, true, 8)).isEqualTo(Tile.TALL);
    assertThat(Tile.choose(zen4, false, 8)).isEqualTo(Tile.LOW);
    assertThat(Tile.choose(new Processor("AuthenticAMD", 26), true, 16)).isEqualTo(Tile.TALL);
    assertThat(Tile.choose(xeon, true, 16)).isEqualTo(Tile.TALL);
    assertThat(Tile.choose(unknown, true, 4)).isEqualTo(Tile.TALL);
    assertThat(Tile.choose(unknown, false, 8)).isEqualTo(Tile.LOW);
  }
}
