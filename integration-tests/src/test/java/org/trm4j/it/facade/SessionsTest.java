package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Answer;
import org.trm4j.OpenOptions;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.it.hosts.HostProcess;

/** What a model holds is bounded by what can work, whoever calls. */
@Timeout(300)
class SessionsTest {
  private static final SolveOptions SHORT =
      SolveOptions.DEFAULT.withMaxSteps(2).withHalting(progress -> false);

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("cpu-scalar-"))
        .count();
  }

  @Test
  void sessionsAreAsManyAsTheBackendWorksOn() throws Exception {
    CountingBackend counting = new CountingBackend(Trm.standard().backend("cpu-scalar", 3));
    try (Backend backend = counting.backend();
        TrmModel model = TrmModel.open(Models.sudoku(), backend);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Puzzle puzzle = model.parse(Models.PUZZLE);
      Answer expected = model.solve(puzzle, SHORT);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(threads.submit(() -> model.solve(puzzle, SHORT)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
      assertThat(counting.most()).isBetween(1, 3);
      model.close();
      assertThat(counting.open()).as("sessions of a closed model").isZero();
    }
  }

  @Test
  void aBatchTakesMemoryForThePuzzlesThereAre() {
    CountingBackend counting = new CountingBackend(Trm.standard().backend("cpu-scalar", 2));
    try (Backend backend = counting.backend();
        TrmModel model = TrmModel.open(Models.sudoku(), backend)) {
      Puzzle puzzle = model.parse(Models.PUZZLE);
      AtomicInteger answers = new AtomicInteger();
      model.solveAll(
          Collections.nCopies(20, puzzle).iterator(),
          100_000,
          SHORT,
          (answer, n) -> answers.incrementAndGet());
      assertThat(answers.get()).isEqualTo(20);
      assertThat(counting.largest()).isEqualTo(20);
      assertThat(model.solveAll(Collections.emptyIterator(), 7, SHORT, (answer, n) -> {})).isTrue();
    }
  }

  @Test
  void idleModelsHoldNoThreads() {
    holdNoThreads(50);
  }

  /** As a host with a model for each customer has them. */
  @Test
  @Tag("nightly")
  @Timeout(900)
  void aThousandIdleModelsHoldNoThreads() {
    holdNoThreads(1000);
  }

  /**
   * The models are just large enough that two threads share a puzzle, or there were none to hold.
   */
  private static void holdNoThreads(int count) {
    SavedModel saved =
        Models.model(
            81, 11, Map.of("T", 1, "n", 1, "layers", 1), "sudoku", Map.of("size", "9"), 64);
    // Plug-ins are searched for once, as a host of many models does.
    Trm trm = Trm.builder().searchOnce().build();
    List<TrmModel> models = new ArrayList<>();
    long most = 0;
    try {
      for (int i = 0; i < count; i++) {
        TrmModel model =
            trm.open(saved, OpenOptions.DEFAULT.withBackend("cpu-scalar").withThreads(4));
        models.add(model);
        model.solve(model.parse(".".repeat(81)), SHORT.withMaxSteps(1));
        most = Math.max(most, i % 50 == 0 ? threads() : 0);
      }
      for (int i = 0; i < 500 && threads() > 0; i++) {
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(most).as("threads of models at work").isPositive();
      assertThat(threads()).isZero();
    } finally {
      models.forEach(TrmModel::close);
    }
  }

  /** Ten thousand callers, each on a virtual thread of its own, in a process with a small heap. */
  @Test
  @Tag("nightly")
  void tenThousandVirtualThreadsNeedLittleMemory(@TempDir Path folder) throws Exception {
    HostProcess callers =
        HostProcess.java(
                folder,
                List.of(
                    "-Xmx256m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ManyCallers.class.getName(),
                    "10000"))
            .succeeded();
    assertThat(String.join("\n", callers.out())).contains("10000 equal answers");
  }
}
