package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.KernelChoice.Attention;
import org.trm4j.backend.tornado.memory.KernelChoice.Shape;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** Each form of the kernels, forced on one device, computes the same as the CPU. */
class KernelFormsTest {
  /** More than a tile of positions and of channels; few of them under the simulator. */
  static final boolean SIMULATED = System.getenv("OCLGRIND_LOG") != null;

  private static final int TOKENS = SIMULATED ? 6 : 70;
  private static final int WIDTH = SIMULATED ? 8 : 72;

  private static Plan plan(ModelConfig.Mixer mixer) {
    boolean convolution = mixer == ModelConfig.Mixer.CONVOLUTION;
    return Plan.lower(
        ModelConfig.builder()
            .hidden(WIDTH, 1)
            .tokens(TOKENS, 5)
            .puzzleEmbedding(convolution ? 0 : WIDTH, convolution ? 0 : 1, 3)
            .grid(convolution ? TOKENS / 2 : 0, 3)
            .mixer(
                mixer,
                mixer == ModelConfig.Mixer.ATTENTION
                    ? ModelConfig.Positions.ROTARY
                    : ModelConfig.Positions.NONE)
            .build(),
        Trm.standard().program("trm", Map.of("T", 2, "n", 1, "layers", 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, tiled, ATTENTION",
    "cpu, tiled, TOKEN_MLP",
    "gpu, plain, ATTENTION",
    "gpu, tiled, ATTENTION",
    "gpu, tiled, TOKEN_MLP",
    "cpu, tiled, CONVOLUTION",
    "gpu, tiled, CONVOLUTION"
  })
  void trainAsTheCpuDoes(String shape, String attention, ModelConfig.Mixer mixer) {
    BackendOptions forced =
        BackendOptions.DEFAULT.withProperties(Map.of("shape", shape, "attention", attention));
    TrainingComparison.check(plan(mixer), forced);
  }

  @Test
  void followTheDeviceUnlessTheyAreForced() {
    assertThat(KernelChoice.of(Map.of(), TornadoDeviceType.CPU))
        .isEqualTo(new KernelChoice(Shape.CPU, Attention.TILED));
    assertThat(KernelChoice.of(Map.of(), TornadoDeviceType.GPU))
        .isEqualTo(new KernelChoice(Shape.GPU, Attention.TILED));
    assertThat(KernelChoice.of(Map.of("shape", "gpu", "attention", "plain"), TornadoDeviceType.CPU))
        .isEqualTo(new KernelChoice(Shape.GPU, Attention.PLAIN));
    assertThatThrownBy(() -> KernelChoice.of(Map.of("shape", "large"), TornadoDeviceType.CPU))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend tornado: shape=large, expected auto or one of [cpu, gpu]");
    System.setProperty("trm.tornado.attention", "flash");
    System.setProperty("trm.tornado.shape", "gpu");
    try {
      assertThat(KernelChoice.of(Map.of("attention", "plain"), TornadoDeviceType.CPU))
          .isEqualTo(new KernelChoice(Shape.GPU, Attention.PLAIN));
      assertThatThrownBy(() -> KernelChoice.of(Map.of(), TornadoDeviceType.CPU))
          .hasMessage(
              "backend tornado: trm.tornado.attention=flash, expected auto or one of [tiled,"
                  + " plain]");
    } finally {
      System.clearProperty("trm.tornado.attention");
      System.clearProperty("trm.tornado.shape");
    }
  }
}
