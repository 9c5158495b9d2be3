package org.trm4j.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.OpenOptions;

class BackendTextTest {

  @ParameterizedTest
  @CsvSource({
    "auto, auto, '', ",
    "auto:precision=bf16, auto, '', bf16",
    "cpu-vector, cpu-vector, '', ",
    "tornado:opencl:0, tornado, opencl:0, "
  })
  void readsWhatAPersonWrites(String text, String backend, String device, String precision) {
    OpenOptions options = BackendText.options(text, 3);
    assertThat(options.backend()).isEqualTo(backend);
    assertThat(options.device()).isEqualTo(device);
    assertThat(options.precision().orElse(null)).isEqualTo(precision);
    assertThat(options.threads()).isEqualTo(3);
  }

  @Test
  void keepsTheOtherOptions() {
    OpenOptions options = OpenOptions.DEFAULT.withWarmUp(true).withThreads(2);
    assertThat(BackendText.choose(options, "cpu-scalar"))
        .isEqualTo(options.withBackend("cpu-scalar"))
        .hasToString(
            "OpenOptions[backend=cpu-scalar, device=default, precision=default, threads=2,"
                + " warmUp=true]");
  }

  @Test
  void theLibraryReadsNoText() {
    assertThatThrownBy(() -> OpenOptions.DEFAULT.withBackend("tornado:opencl:0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "backend: tornado:opencl:0, expected auto or an id; withDevice takes the device");
    assertThatThrownBy(() -> BackendText.options("", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backend: nothing was given, expected auto or an id");
  }
}
