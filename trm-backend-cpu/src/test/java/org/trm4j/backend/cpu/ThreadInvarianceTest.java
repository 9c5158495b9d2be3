package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/**
 * Results are bitwise independent of the number of threads and of the other sequences in the batch.
 */
class ThreadInvarianceTest {
  private static final List<BackendProvider> PROVIDERS =
      List.of(new CpuScalarProvider(), new CpuVectorProvider(), new CpuAmxProvider());

  @ParameterizedTest
  @EnumSource(ModelConfig.Mixer.class)
  void trainsTheSame(ModelConfig.Mixer mixer) {
    Plan plan = TinyModels.plan(mixer, ModelConfig.Positions.ROTARY);
    for (BackendProvider provider : PROVIDERS) {
      List<float[]> one = trained(provider, plan, 1);
      for (int threads : new int[] {2, 3}) {
        List<float[]> many = trained(provider, plan, threads);
        for (int i = 0; i < one.size(); i++) {
          assertThat(many.get(i))
              .as("%s, %s threads, %s", provider.id(), threads, plan.parameters().get(i))
              .isEqualTo(one.get(i));
        }
      }
    }
  }

  private static List<float[]> trained(BackendProvider provider, Plan plan, int threads) {
    ParameterSet initial = ParameterInitializer.initialize(plan.parameters(), 3);
    int batch = 5;
    try (Backend backend = provider.open(BackendOptions.DEFAULT.withThreads(threads));
        TrainingSession session = backend.train(plan, initial, batch)) {
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, TinyModels.tokens(slot), TinyModels.tokens(slot + 50), slot % 4);
      }
      for (int step = 1; step <= 2; step++) {
        session.step(new boolean[batch], 1f / batch);
        session.update(new UpdateRule(step, 1e-2, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9));
      }
      List<float[]> values = new ArrayList<>();
      plan.parameters()
          .forEach(spec -> values.add(session.parameters().get(spec.name()).toArray()));
      return values;
    }
  }

  @ParameterizedTest
  @EnumSource(ModelConfig.Mixer.class)
  void infersTheSame(ModelConfig.Mixer mixer) {
    Plan plan = TinyModels.plan(mixer, ModelConfig.Positions.LEARNED);
    for (BackendProvider provider : PROVIDERS) {
      float[] alone = inferred(provider, plan, 1, 1);
      for (int threads : new int[] {1, 3, 8}) {
        for (int slots : new int[] {2, 5}) {
          assertThat(inferred(provider, plan, threads, slots))
              .as("%s, %s threads, %s slots", provider.id(), threads, slots)
              .isEqualTo(alone);
        }
      }
    }
  }

  /** Returns the logits of one puzzle in the last slot, after others have come and gone. */
  private static float[] inferred(BackendProvider provider, Plan plan, int threads, int slots) {
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend backend = provider.open(BackendOptions.DEFAULT.withThreads(threads));
        LoadedModel model = backend.load(plan, parameters);
        InferenceSession session = model.open(slots)) {
      for (int slot = 0; slot < slots - 1; slot++) {
        session.start(slot, TinyModels.tokens(slot), slot % 4);
      }
      session.start(slots - 1, TinyModels.tokens(99), 2);
      session.step();
      session.stop(0);
      if (slots == 1) {
        session.start(0, TinyModels.tokens(99), 2);
        session.step();
      }
      session.step();
      float[] logits = new float[TinyModels.CELLS * TinyModels.VOCABULARY];
      session.logits(slots - 1, logits);
      return logits;
    }
  }
}
