package org.trm4j.tck.sample;

import java.util.Map;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A whole model with awkward sizes, its parameters and puzzles. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record SmallModel(Plan plan, ParameterSet parameters) {
  public static final int TOKENS = 11;
  public static final int VOCABULARY = 5;
  public static final int PUZZLES = 4;

  public static SmallModel of(
      String policy, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return of(
        policy,
        mixer,
        positions,
        policy.equals("direct") ? Map.of("layers", 2) : Map.of("T", 2, "n", 2));
  }

  public static SmallModel of(
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

  public static SmallModel attention() {
    return of("trm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
  }

  public static int[] tokens(int seed) {
    return new SplittableRandom(seed).ints(TOKENS, 0, VOCABULARY).toArray();
  }

  /** Opens a training session whose slots are all started. */
  public TrainingSession train(Backend backend, int batch) {
    TrainingSession session = backend.train(plan, parameters, batch);
    for (int slot = 0; slot < batch; slot++) {
      session.start(slot, tokens(slot), tokens(slot + 50), slot % (PUZZLES - 1));
    }
    return session;
  }

  public int logits() {
    return plan.logits().shape().intSize();
  }

  public int state() {
    return plan.states().getFirst().shape().intSize();
  }
}
