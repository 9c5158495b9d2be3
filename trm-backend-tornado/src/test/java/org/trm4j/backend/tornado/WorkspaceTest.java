package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;

class WorkspaceTest {
  private static final long MIB = 1 << 20;

  @Test
  void takesTheWholeBatchWhereItFits() {
    Workspace workspace =
        Workspace.fit("training session", 7, 100, 1000, 0, limits(100 * MIB, 100 * MIB));
    assertThat(workspace.wave()).isEqualTo(7);
    assertThat(workspace.arena()).isEqualTo(7 * 1100);
  }

  @Test
  void dividesTheBatchIntoEqualWaves() {
    int floats = (int) (MIB / 4);
    Workspace workspace =
        Workspace.fit("training session", 10, 0, floats, 2 * MIB, limits(8 * MIB, 100 * MIB));
    assertThat(workspace.wave()).isEqualTo(5);
    Workspace array =
        Workspace.fit("training session", 10, 0, floats, 2 * MIB, limits(100 * MIB, 4 * MIB));
    assertThat(array.wave()).isEqualTo(4);
  }

  @Test
  void saysHowMuchMemoryIsMissing() {
    int floats = (int) (MIB / 4);
    assertThatThrownBy(() ->
            Workspace.fit("training session", 768, floats, floats, MIB, limits(64 * MIB, 32 * MIB)))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "training session: 768 slots need at least 770 MiB on test device, found 64 MiB in all and 32 MiB an array; use fewer slots, or raise -Dtornado.device.memory where the device has more");
  }

  @Test
  void readsSizesAsTornadoDoes() {
    assertThat(DeviceLimits.bytes("4GB")).isEqualTo(4L << 30);
    assertThat(DeviceLimits.bytes("512MB")).isEqualTo(512 * MIB);
    assertThat(DeviceLimits.bytes("1000")).isEqualTo(1000);
  }

  private static DeviceLimits limits(long memory, long array) {
    return new DeviceLimits("test device", memory, array);
  }
}
