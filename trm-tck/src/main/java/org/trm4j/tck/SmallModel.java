package org.trm4j.tck;

import java.util.Map;
import java.util.SplittableRandom;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A whole model with awkward sizes, its parameters and puzzles. */
record SmallModel(Plan plan, ParameterSet parameters) {
  static final int TOKENS = 11;
  static final int VOCABULARY = 5;
  static final int PUZZLES = 4;

  static SmallModel of(String policy, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return of(
        policy,
        mixer,
        positions,
        policy.equals("direct") ? Map.of("layers", 2) : Map.of("T", 2, "n", 2));
  }

  static SmallModel of(
      String policy,
      ModelConfig.Mixer mixer,
      ModelConfig.Positions positions,
      Map<String, ? extends Number> arguments) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(20, 2)
            .tokens(TOKENS, VOCABULARY)
            .puzzleEmbedding(30, 2, PUZZLES)
            .mixer(mixer, positions)
            .build();
    Plan plan = Plan.lower(config, Trm.standard().program(policy, arguments));
    return new SmallModel(plan, ParameterInitializer.initialize(plan.parameters(), 3));
  }

  static SmallModel attention() {
    return of("trm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
  }

  static int[] tokens(int seed) {
    return new SplittableRandom(seed).ints(TOKENS, 0, VOCABULARY).toArray();
  }

  /** Opens a training session whose slots are all started. */
  TrainingSession train(Backend backend, int batch) {
    TrainingSession session = backend.train(plan, parameters, batch);
    for (int slot = 0; slot < batch; slot++) {
      session.start(slot, tokens(slot), tokens(slot + 50), slot % (PUZZLES - 1));
    }
    return session;
  }

  int logits() {
    return plan.logits().shape().intSize();
  }

  int state() {
    return plan.states().getFirst().shape().intSize();
  }
}
