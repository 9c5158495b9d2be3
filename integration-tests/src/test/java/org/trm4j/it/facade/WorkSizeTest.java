package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;

/**
 * A JVM that believes in 64 processors starts as many threads as the work is worth. Whoever gets
 * fewer than it sees, as in a container without a limit, waits at every barrier for all others.
 */
class WorkSizeTest {
  private static final SolveOptions SHORT =
      SolveOptions.DEFAULT.withMaxSteps(1).withHalting(progress -> false);

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("cpu-scalar-"))
        .count();
  }

  private static void awaitNone() {
    for (int i = 0; i < 500 && threads() > 0; i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(threads()).isZero();
  }

  private static SavedModel model(int hidden) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(hidden, 2)
            .tokens(16, 6)
            .puzzleEmbedding(hidden, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(
            config, "trm", Map.of("T", 1, "n", 1, "layers", 1), "sudoku", Map.of("size", "4"));
    return new SavedModel(
        description, ParameterInitializer.initialize(description.plan().parameters(), 5), Map.of());
  }

  @Test
  void aSmallPuzzleIsWorkForTheCallerAlone() {
    awaitNone();
    try (TrmModel model = TrmModel.open(model(32), "cpu-scalar", 64)) {
      for (int i = 0; i < 5; i++) {
        model.solve(model.parse(Models.PUZZLE), SHORT);
        assertThat(threads()).isZero();
      }
    }
  }

  @Test
  void aLargerOneIsSharedByAsManyAsItIsWorth() {
    awaitNone();
    try (TrmModel model = TrmModel.open(model(256), "cpu-scalar", 64)) {
      Puzzle puzzle = model.parse(Models.PUZZLE);
      model.solve(puzzle, SHORT);
      // 3 x 768 x 256 x 17 multiplications in a layer, 2^20 for a thread.
      assertThat(threads()).isEqualTo(9 - 1);
    }
    awaitNone();
  }
}
