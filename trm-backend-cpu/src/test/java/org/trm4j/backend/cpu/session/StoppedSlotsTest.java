package org.trm4j.backend.cpu.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.cpu.CpuVectorProvider;
import org.trm4j.backend.cpu.TinyModels;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;

/** A step leaves the states of stopped slots unchanged, because it does not compute them. */
class StoppedSlotsTest {

  @Test
  void stepsDoNoWorkForStoppedSlots() {
    Plan plan = TinyModels.plan(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    for (BackendProvider provider : List.of(new CpuScalarProvider(), new CpuVectorProvider())) {
      try (Backend backend = provider.open(BackendOptions.DEFAULT.withThreads(2));
          LoadedModel model =
              backend.load(plan, ParameterInitializer.initialize(plan.parameters(), 1));
          InferenceSession session = model.open(3)) {
        for (int slot = 0; slot < 3; slot++) {
          session.start(slot, TinyModels.tokens(slot), 0);
        }
        session.step();
        session.stop(0);
        session.stop(2);
        float[][] before = states(session);
        session.step();
        float[][] after = states(session);
        assertThat(after[0]).as(provider.id()).isEqualTo(before[0]);
        assertThat(after[1]).as(provider.id()).isNotEqualTo(before[1]);
        assertThat(after[2]).as(provider.id()).isEqualTo(before[2]);
      }
    }
  }

  private static float[][] states(InferenceSession session) {
    float[][] states = new float[3][];
    for (int slot = 0; slot < 3; slot++) {
      states[slot] = ((CpuInferenceSession) session).sequences.get(slot).states[0].clone();
    }
    return states;
  }
}
