package org.trm4j.backend.tornado.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.tornado.TornadoProvider;

class TornadoRuntimeCheckTest {
  private static final String IMPLEMENTATION =
      "uk.ac.manchester.tornado.runtime.TornadoCoreRuntime";

  private static final String TESTED = "5.2.0-jdk25";

  @Test
  void isAvailableInThisJvm() {
    assertThat(new TornadoProvider().availability())
        .isInstanceOf(BackendProvider.Availability.Available.class);
  }

  @Test
  void saysThatTheSdkIsMissing() {
    assertThat(TornadoRuntimeCheck.availability(false, "unknown", "", "False"))
        .isInstanceOfSatisfying(
            BackendProvider.Availability.Unavailable.class,
            missing -> {
              assertThat(missing.reason()).isEqualTo("the JVM runs without TornadoVM");
              assertThat(missing.fix()).contains("@$TORNADOVM_HOME/tornado-argfile");
            });
    assertThat(TornadoRuntimeCheck.availability(true, TESTED, "", "False"))
        .isInstanceOf(BackendProvider.Availability.Unavailable.class);
  }

  @Test
  void refusesTheSilentFallback() {
    for (String bailout : new String[] {"", "True", "no"}) {
      assertThat(TornadoRuntimeCheck.availability(true, TESTED, IMPLEMENTATION, bailout))
          .as("tornado.recover.bailout=%s", bailout)
          .isInstanceOfSatisfying(
              BackendProvider.Availability.Unavailable.class,
              missing ->
                  assertThat(missing.fix())
                      .isEqualTo("start java with -Dtornado.recover.bailout=False"));
    }
    assertThat(TornadoRuntimeCheck.availability(true, TESTED, IMPLEMENTATION, "False"))
        .isInstanceOf(BackendProvider.Availability.Available.class);
  }

  /** A newer release line sets other properties and has no JVM compiler interface. */
  @Test
  void saysWhichTornadoVmItHasNotBeenTestedWith() {
    assertThat(TornadoRuntimeCheck.availability(true, "7.3.0-jdk25", "", "False"))
        .isInstanceOfSatisfying(
            BackendProvider.Availability.Available.class,
            available ->
                assertThat(available.detail())
                    .startsWith("TornadoVM 7.3.0-jdk25 in this JVM, not tested with it"));
    assertThat(TornadoRuntimeCheck.availability(true, TESTED, IMPLEMENTATION, "False"))
        .isInstanceOfSatisfying(
            BackendProvider.Availability.Available.class,
            available ->
                assertThat(available.detail()).startsWith("TornadoVM 5.2.0-jdk25 in this JVM;"));
  }

  @Test
  void namesTheDevicesThatThereAre() {
    BackendOptions options = BackendOptions.DEFAULT.withDevice("opencl:99");
    assertThatThrownBy(() -> new TornadoProvider().open(options))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith("backend tornado: device opencl:99, expected one of [")
        .hasMessageContaining("opencl:0");
  }
}
