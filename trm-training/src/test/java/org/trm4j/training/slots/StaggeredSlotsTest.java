package org.trm4j.training.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Example;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.training.config.TrainingConfigs;

/** Where no example is finished early, slots change theirs together, or one after another. */
class StaggeredSlotsTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(8, 2).tokens(4, 5).puzzleEmbedding(0, 1, 0).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // slots | limit | staggered | examples taken at each training step
        "4 | 4 | false | 0 0 0 0 4 0 0 0 4 0",
        "4 | 4 | true  | 0 1 1 1 1 1 1 1 1 1",
        "4 | 2 | true  | 0 2 2 2 2 2 2 2 2 2",
        "2 | 5 | true  | 0 0 0 1 0 1 0 0 1 0",
        "3 | 1 | true  | 0 3 3 3 3 3 3 3 3 3",
      })
  void changeExamples(int count, int limit, boolean staggered, String expected) {
    ModelDescription description =
        new ModelDescription(CONFIG, "trm", Map.of("T", 1, "n", 1, "layers", 1), "", Map.of());
    ParameterSet parameters = ParameterInitializer.initialize(description.plan().parameters(), 1);
    Example example = new Example(new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1}, 0);
    AdaptiveHalting halting =
        new AdaptiveHalting(
            description.task().recursion().haltRule(),
            TrainingConfigs.recipe("demo").toBuilder()
                .maxSteps(limit)
                .explorationProbability(1)
                .staggered(staggered)
                .build()
                .halting(),
            7);
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1);
        TrainingSession session = backend.train(description.plan(), parameters, count)) {
      TrainingSlots slots = new TrainingSlots(session, halting, 5, null);
      slots.fill(() -> example);
      UpdateRule still = new UpdateRule(1, 0, 0, 0.9, 0.95, 0, 0, 0.9);
      List<String> taken = new ArrayList<>();
      for (int step = 1; step <= 10; step++) {
        taken.add(String.valueOf(slots.step(() -> example, step, still)));
      }
      assertThat(String.join(" ", taken)).isEqualTo(expected);
    }
  }
}
