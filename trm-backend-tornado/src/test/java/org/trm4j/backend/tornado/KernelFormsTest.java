package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.KernelChoice.Attention;
import org.trm4j.backend.tornado.memory.KernelChoice.Shape;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** Each form of the kernels, forced on one device, computes what the CPU does. */
class KernelFormsTest {
  /** More than a tile of positions and of channels; few of them under the simulator. */
  private static final boolean SIMULATED = System.getenv("OCLGRIND_LOG") != null;

  private static final int TOKENS = SIMULATED ? 5 : 70;
  private static final int WIDTH = SIMULATED ? 8 : 72;
  private static final int BATCH = 2;

  private static Plan plan(ModelConfig.Mixer mixer) {
    return Plan.lower(
        ModelConfig.builder()
            .hidden(WIDTH, 1)
            .tokens(TOKENS, 5)
            .puzzleEmbedding(WIDTH, 1, 3)
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
    "gpu, tiled, TOKEN_MLP"
  })
  void trainAsTheCpuDoes(String shape, String attention, ModelConfig.Mixer mixer) {
    Plan plan = plan(mixer);
    ParameterSet initial = ParameterInitializer.initialize(plan.parameters(), 3);
    BackendOptions forced =
        new BackendOptions(0, "", Map.of("shape", shape, "attention", attention));
    try (Backend cpu = new CpuScalarProvider().open(new BackendOptions(1, "", Map.of()));
        Backend device = new TornadoProvider().open(forced);
        TrainingSession expected = start(cpu, plan, initial);
        TrainingSession actual = start(device, plan, initial)) {
      SequenceMetrics[] wanted = expected.step(new boolean[BATCH], 0.5f);
      SequenceMetrics[] found = actual.step(new boolean[BATCH], 0.5f);
      for (int slot = 0; slot < BATCH; slot++) {
        assertThat(found[slot].loss()).isCloseTo(wanted[slot].loss(), within(1e-4));
      }
      actual.update(new UpdateRule(1, 1e-3, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9));
      ParameterSet gradients = actual.gradients();
      expected
          .gradients()
          .tensors()
          .forEach((name, tensor) ->
              assertThat(gradients.get(name).toArray())
                  .as(name)
                  .containsExactly(tensor.toArray(), within(2e-5f)));
    }
  }

  private static TrainingSession start(Backend backend, Plan plan, ParameterSet parameters) {
    TrainingSession session = backend.train(plan, parameters, BATCH);
    for (int slot = 0; slot < BATCH; slot++) {
      session.start(slot, tokens(slot), tokens(slot + 20), slot);
    }
    return session;
  }

  private static int[] tokens(int seed) {
    return new SplittableRandom(seed).ints(TOKENS, 0, 5).toArray();
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
    try {
      assertThatThrownBy(() -> KernelChoice.of(Map.of(), TornadoDeviceType.CPU))
          .hasMessage(
              "backend tornado: trm.tornado.attention=flash, expected auto or one of [tiled,"
                  + " plain]");
    } finally {
      System.clearProperty("trm.tornado.attention");
    }
  }
}
