package org.trm4j.backend.cpu.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.cpu.CpuVectorProvider;
import org.trm4j.backend.cpu.TinyModels;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;

/** A step that is asked to stop ends after the cycle, not after the step, and does no harm. */
class GivenUpStepTest {
  private static final int CYCLES = 25;

  private static Plan plan() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(20, 2)
            .tokens(TinyModels.CELLS, TinyModels.VOCABULARY)
            .puzzleEmbedding(20, 1, 4)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    return Plan.lower(
        config, Trm.standard().program("trm", Map.of("T", CYCLES, "n", 1, "layers", 1)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "2, 5", "3, 3", "3, 7"})
  void endsAfterTheCycle(int threads, int slots) {
    Plan plan = plan();
    for (BackendProvider provider : List.of(new CpuScalarProvider(), new CpuVectorProvider())) {
      try (Backend backend = provider.open(BackendOptions.DEFAULT.withThreads(threads));
          LoadedModel model =
              backend.load(plan, ParameterInitializer.initialize(plan.parameters(), 1));
          InferenceSession session = model.open(slots)) {
        float[] expected = logits(session, slots);
        for (int slot = 0; slot < slots; slot++) {
          session.start(slot, TinyModels.tokens(slot), 0);
        }
        AtomicInteger asked = new AtomicInteger();
        assertThat(session.step(() -> asked.incrementAndGet() > 3)).isFalse();
        // Each thread with its own sequence may poll once more.
        assertThat(asked.get()).isBetween(4, 4 + 2 * threads + slots);
        assertThatThrownBy(() -> session.haltLogit(0)).isInstanceOf(BackendException.class);
        assertThat(logits(session, slots)).as(provider.id()).isEqualTo(expected);
      }
    }
  }

  private static float[] logits(InferenceSession session, int slots) {
    for (int slot = 0; slot < slots; slot++) {
      session.start(slot, TinyModels.tokens(slot), 0);
    }
    assertThat(session.step(() -> false)).isTrue();
    float[] logits = new float[TinyModels.CELLS * TinyModels.VOCABULARY];
    session.logits(slots - 1, logits);
    return logits;
  }
}
