package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.plugin.PluginException;

/** When products are in bfloat16; this JVM runs cpu-amx on its model. */
class PrecisionTest {

  @Test
  void nobodyGetsRoundedProductsUnasked() {
    assertThat(new CpuAmxProvider().availability())
        .isNotInstanceOf(BackendProvider.Availability.Unavailable.class);
    try (Backend backend = Trm.standard().backend(OpenOptions.AUTO, 1)) {
      assertThat(backend.id()).isEqualTo("cpu-vector");
    }
  }

  @Test
  void whoAsksGetsThem() {
    try (Backend named = Trm.standard().backend("cpu-amx", 1);
        Backend asked = Trm.standard().backend(precision("bf16"))) {
      assertThat(named.id()).isEqualTo("cpu-amx");
      assertThat(asked.id()).isEqualTo("cpu-amx");
      assertThat(named.device())
          .contains("cpu-amx: Java model of AMX tiles, bfloat16 products, else ")
          .endsWith(", 1 threads");
    }
  }

  private static OpenOptions precision(String name) {
    return OpenOptions.DEFAULT.withThreads(1).withPrecision(name);
  }

  @Test
  void aNamedBackendHasTheAskedPrecision() {
    assertThatThrownBy(() -> Trm.standard().backend(precision("bf16").withBackend("cpu-scalar")))
        .isInstanceOf(PluginException.class)
        .hasMessage("backend cpu-scalar: multiplies in fp32, expected bf16");
    assertThatThrownBy(() -> Trm.standard().backend(precision("bf16").withDevice("opencl:0")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "backend auto: device opencl:0, expected none, or the id of the backend that has it");
  }

  @Test
  void saysWhichPrecisionsThereAre() {
    assertThatThrownBy(() -> Trm.standard().backend(precision("fp8")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "no backend can be used with precision fp8; no backend multiplies in fp8, expected one"
                + " of [bf16, fp32]");
  }
}
