package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plugin.PluginException;

/**
 * One model under many threads answers as under one, and memory stays flat. How many solves each
 * thread makes is the build's choice ({@code trm.solves}).
 */
class SharedModelTest {
  private static final int THREADS = 64;
  private static final int SOLVES = Integer.getInteger("trm.solves", 50);
  private static final int PUZZLES = 16;
  private static final SolveOptions OPTIONS =
      SolveOptions.DEFAULT.withMaxSteps(2).withHalting(progress -> false);

  private static TrmModel model(String backend) {
    return model(backend, "");
  }

  private static TrmModel model(String backend, String domain) {
    ModelConfig config =
        ModelConfig.builder().hidden(8, 2).tokens(4, 5).puzzleEmbedding(8, 1, 2).build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1, "layers", 1), domain, Map.of());
    return TrmModel.open(
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 5),
            Map.of()),
        backend,
        2);
  }

  private static Puzzle puzzle(int number) {
    return new Puzzle(
        new int[] {number % 5, number / 5 % 5, (number + 1) % 5, (number * 3) % 5}, number % 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector"})
  void manyThreadsGetTheAnswersOfOne(String backend) throws Exception {
    try (TrmModel model = model(backend);
        ExecutorService users = Executors.newFixedThreadPool(THREADS)) {
      List<Answer> expected = new ArrayList<>();
      for (int i = 0; i < PUZZLES; i++) {
        expected.add(model.solve(puzzle(i), OPTIONS));
      }
      solve(model, users, expected, Math.max(1, SOLVES / 10));
      long before = usedMemory();
      solve(model, users, expected, SOLVES);
      assertThat(usedMemory() - before).as("bytes that stay").isLessThan(8 << 20);
    }
  }

  private static void solve(
      TrmModel model, ExecutorService users, List<Answer> expected, int solves) throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      work.add(() -> {
        int equal = 0;
        for (int i = 0; i < solves; i++) {
          Answer wanted = expected.get((thread + i) % PUZZLES);
          equal += same(model.solve(puzzle((thread + i) % PUZZLES), OPTIONS), wanted) ? 1 : 0;
        }
        return equal;
      });
    }
    for (Future<Integer> equal : users.invokeAll(work)) {
      assertThat(equal.get()).isEqualTo(solves);
    }
  }

  private static boolean same(Answer one, Answer other) {
    return java.util.Arrays.equals(one.tokens(), other.tokens())
        && Double.doubleToLongBits(one.confidence()) == Double.doubleToLongBits(other.confidence())
        && one.steps() == other.steps()
        && one.drafts().size() == other.drafts().size();
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  @Test
  void aClosedModelRefuses() {
    TrmModel model = model("cpu-scalar");
    model.close();
    model.close();
    assertThatThrownBy(() -> model.solve(puzzle(1), OPTIONS))
        .isInstanceOf(BackendException.class)
        .hasMessage(BackendException.closed("model").getMessage());
    assertThatThrownBy(
            () -> model.solveAll(List.of(puzzle(1)).iterator(), 1, OPTIONS, (answer, number) -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector"})
  void closingWhileOthersSolveIsAnAnswerOrARefusal(String backend) throws Exception {
    for (int round = 0; round < 10; round++) {
      TrmModel model = model(backend);
      Answer expected = model.solve(puzzle(3), OPTIONS);
      CountDownLatch started = new CountDownLatch(8);
      try (ExecutorService users = Executors.newFixedThreadPool(8)) {
        List<Future<Boolean>> results = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
          results.add(users.submit(() -> solvesUntilClosed(model, expected, started)));
        }
        started.await();
        model.close();
        for (Future<Boolean> result : results) {
          assertThat(result.get()).isTrue();
        }
      }
    }
  }

  private static boolean solvesUntilClosed(
      TrmModel model, Answer expected, CountDownLatch started) {
    boolean first = true;
    try {
      while (true) {
        boolean same = same(model.solve(puzzle(3), OPTIONS), expected);
        if (first) {
          started.countDown();
          first = false;
        }
        if (!same) {
          return false;
        }
      }
    } catch (BackendException e) {
      return !first && String.valueOf(e.getMessage()).contains("closed");
    }
  }

  @Test
  void refusesWrongPuzzlesInOneLine() {
    try (TrmModel model = model("cpu-scalar")) {
      for (Puzzle wrong :
          List.of(
              new Puzzle(new int[3], 0),
              new Puzzle(new int[] {0, 1, 2, 5}, 0),
              new Puzzle(new int[] {0, 1, 2, -1}, 0),
              new Puzzle(new int[4], 2),
              new Puzzle(new int[4], -1))) {
        assertThatThrownBy(() -> model.solve(wrong, OPTIONS))
            .isInstanceOf(RuntimeException.class)
            .message()
            .isNotBlank()
            .satisfies(message -> assertThat(message.lines()).hasSize(1));
      }
      assertThat(model.solve(puzzle(1), OPTIONS).steps()).isEqualTo(2);
      assertThatThrownBy(() -> model.solve("1234"))
          .isInstanceOf(PluginException.class)
          .hasMessage("model: has no puzzle domain that could read 1234; give tokens");
    }
    try (TrmModel model = model("cpu-scalar", "kakuro")) {
      assertThatThrownBy(() -> model.solve("1234"))
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("its puzzle domain 'kakuro' is not on the class path")
          .hasMessageContaining("or give tokens");
    }
  }
}
