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
  private static final int ROWS = 3;
  private static final int COLUMNS = 5;
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
    boolean convolution = mixer == ModelConfig.Mixer.CONVOLUTION;
    ModelConfig config =
        ModelConfig.builder()
            .hidden(20, 2)
            .tokens(convolution ? ROWS * COLUMNS : TOKENS, VOCABULARY)
            .puzzleEmbedding(convolution ? 0 : 30, convolution ? 0 : 2, PUZZLES)
            .mixer(mixer, positions)
            .grid(convolution ? COLUMNS : 0, 3)
            .build();
    Plan plan = Plan.lower(config, Trm.standard().program(policy, arguments));
    return new SmallModel(plan, ParameterInitializer.initialize(plan.parameters(), 3));
  }

  public static SmallModel attention() {
    return of("trm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
  }

  public static int[] tokens(int seed) {
    return tokens(seed, TOKENS);
  }

  private static int[] tokens(int seed, int count) {
    return new SplittableRandom(seed).ints(count, 0, VOCABULARY).toArray();
  }

  /** Opens a training session whose slots are all started. */
  public TrainingSession train(Backend backend, int batch) {
    TrainingSession session = backend.train(plan, parameters, batch);
    for (int slot = 0; slot < batch; slot++) {
      int count = plan.config().seqLen();
      session.start(slot, tokens(slot, count), tokens(slot + 50, count), slot % (PUZZLES - 1));
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
