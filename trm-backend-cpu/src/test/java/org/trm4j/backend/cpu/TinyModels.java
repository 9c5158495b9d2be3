package org.trm4j.backend.cpu;

import java.util.Map;
import java.util.SplittableRandom;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;

/** Plans of small models with awkward sizes. */
public final class TinyModels {
  public static final int CELLS = 15;
  public static final int VOCABULARY = 5;

  private TinyModels() {}

  public static Plan plan(ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    boolean convolution = mixer == ModelConfig.Mixer.CONVOLUTION;
    ModelConfig config =
        ModelConfig.builder()
            .hidden(20, 2)
            .tokens(CELLS, VOCABULARY)
            .puzzleEmbedding(convolution ? 0 : 30, convolution ? 0 : 2, 4)
            .mixer(mixer, positions)
            .grid(convolution ? 5 : 0, 3)
            .build();
    return Plan.lower(config, Trm.standard().program("trm", Map.of("T", 2, "n", 1)));
  }

  public static int[] tokens(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(CELLS, 0, VOCABULARY).toArray();
  }
}
