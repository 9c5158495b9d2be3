package org.trm4j.backend.cpu;

import java.util.Map;
import java.util.SplittableRandom;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;

/** Plans of small models with awkward sizes. */
public final class TinyModels {
  private TinyModels() {}

  public static Plan plan(ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(20, 2)
            .tokens(11, 5)
            .puzzleEmbedding(30, 2, 4)
            .mixer(mixer, positions)
            .build();
    return Plan.lower(config, Trm.standard().program("trm", Map.of("T", 2, "n", 1)));
  }

  public static int[] tokens(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(11, 0, 5).toArray();
  }
}
