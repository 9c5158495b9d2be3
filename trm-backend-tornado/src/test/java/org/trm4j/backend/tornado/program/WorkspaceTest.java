package org.trm4j.backend.tornado.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.Staging;

class WorkspaceTest {
  private static final long MIB = 1 << 20;

  @Test
  void takesTheWholeBatchWhereItFits() {
    Workspace workspace =
        Workspace.fit("training session", 7, 100, need(1000), 0, limits(100 * MIB, 100 * MIB));
    assertThat(workspace.wave()).isEqualTo(7);
    assertThat(workspace.arena()).isEqualTo(7 * 1100);
  }

  @Test
  void dividesTheBatchIntoEqualWaves() {
    int floats = (int) (MIB / 4);
    Workspace workspace =
        Workspace.fit("training session", 10, 0, need(floats), 2 * MIB, limits(8 * MIB, 100 * MIB));
    assertThat(workspace.wave()).isEqualTo(5);
    Workspace array =
        Workspace.fit("training session", 10, 0, need(floats), 2 * MIB, limits(100 * MIB, 4 * MIB));
    assertThat(array.wave()).isEqualTo(4);
  }

  @Test
  void countsWhatProductsStage() {
    int floats = (int) (MIB / 4);
    Staging each = new Staging(floats, 0, 2 * floats);
    Staging once = new Staging(0, 3 * floats, floats);
    Workspace.Need need = new Workspace.Need(floats, each, once);
    Workspace memory =
        Workspace.fit("training session", 8, 0, need, 0, limits(12 * MIB, 100 * MIB));
    assertThat(memory.wave()).isEqualTo(2);
    assertThat(memory.staging()).isEqualTo(new Staging(2 * floats, 3 * floats, 4 * floats));
    Workspace array = Workspace.fit("training session", 8, 0, need, 0, limits(100 * MIB, 8 * MIB));
    assertThat(array.wave()).as("two MiB of results a sequence in 8 MiB").isEqualTo(4);
  }

  @Test
  void saysHowMuchMemoryIsMissing() {
    int floats = (int) (MIB / 4);
    assertThatThrownBy(() ->
            Workspace.fit(
                "training session", 768, floats, need(floats), MIB, limits(64 * MIB, 32 * MIB)))
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

  private static Workspace.Need need(int floats) {
    return new Workspace.Need(floats, Staging.NONE, Staging.NONE);
  }

  private static DeviceLimits limits(long memory, long array) {
    return new DeviceLimits("test device", memory, array);
  }
}
