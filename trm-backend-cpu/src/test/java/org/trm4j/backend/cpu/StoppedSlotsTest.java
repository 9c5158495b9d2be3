package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.MixerKind;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.PositionEncoding;
import org.trm4j.plan.Plan;

/** A slot that was stopped costs nothing: early stopping becomes throughput. */
class StoppedSlotsTest {
  private static final int SLOTS = 64;
  private static final int ROUNDS = 10;

  @Test
  void stepsDoNoWorkForStoppedSlots() {
    Plan plan = TinyModels.plan(MixerKind.ATTENTION, PositionEncoding.ROTARY);
    for (BackendProvider provider : List.of(new CpuScalarProvider(), new CpuVectorProvider())) {
      try (Backend backend = provider.open(BackendOptions.DEFAULT.withThreads(1));
          LoadedModel model =
              backend.load(plan, ParameterInitializer.initialize(plan.parameters(), 1));
          InferenceSession session = model.open(SLOTS)) {
        for (int slot = 0; slot < SLOTS; slot++) {
          session.start(slot, TinyModels.tokens(slot), 0);
        }
        long all = fastest(session);
        for (int slot = 1; slot < SLOTS; slot++) {
          session.stop(slot);
        }
        // One slot of 64: a quarter of the time leaves room for any machine's moods.
        assertThat(fastest(session)).as(provider.id()).isLessThan(all / 4);
      }
    }
  }

  private static long fastest(InferenceSession session) {
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long before = System.nanoTime();
      session.step();
      times[i] = System.nanoTime() - before;
    }
    return Arrays.stream(times).min().orElseThrow();
  }
}
