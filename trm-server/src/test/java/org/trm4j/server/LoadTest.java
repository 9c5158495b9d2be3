package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

/**
 * 64 clients at once: no error but 429, and memory stays flat. Throughput is reported beside that
 * of {@code solveAll} in the same run, and not asserted.
 */
class LoadTest {
  private static final int CLIENTS = 64;
  private static final int BATCH = 32;
  // Load and solveAll take turns, so that other work on the machine affects both.
  private static final int ROUNDS = 6;
  private static final long FLAT_BYTES = 64L << 20;

  @Test
  void answersManyClientsAtOnce() throws Exception {
    load("sudoku-4", 2);
  }

  @Test
  @Tag("nightly")
  void answersManyClientsForAMinute() throws Exception {
    load("sudoku-4", 60);
    load("sudoku-9", 60);
  }

  private static void load(String name, int seconds) throws Exception {
    try (RunningServer server = RunningServer.start("trm.models[" + name + "]=" + name)) {
      List<String> puzzles = new ArrayList<>();
      for (int seed = 1; seed <= 50; seed++) {
        puzzles.add(
            RunningServer.json(server.get("/v1/models/" + name + "/puzzle?seed=" + seed))
                .path("puzzle")
                .asString());
      }
      warmUp(server, name, puzzles, seconds);
      long before = usedHeap();
      Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
      double served = 0;
      double alone = 0;
      for (int round = 0; round < ROUNDS; round++) {
        served += clients(server, name, puzzles, (double) seconds / ROUNDS, statuses) / ROUNDS;
        alone += solveAll(server.model(name), puzzles, seconds / 2.0 / ROUNDS) / ROUNDS;
      }
      long growth = usedHeap() - before;
      // Surefire drops what a TestReporter is told.
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s, %d clients, %d s: %.1f puzzles a second over HTTP, solveAll %.1f (%.0f%%);"
                  + " statuses %s; heap %+d KiB",
              name,
              CLIENTS,
              seconds,
              served,
              alone,
              100 * served / alone,
              statuses,
              growth >> 10));
      assertThat(statuses.keySet()).contains(200).isSubsetOf(200, 429);
      assertThat(growth).as("heap that a load leaves behind").isLessThan(FLAT_BYTES);
    }
  }

  /** Warms up the server until a round is no faster than the one before. */
  private static void warmUp(
      RunningServer server, String name, List<String> puzzles, double seconds) throws Exception {
    double last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double rate = clients(server, name, puzzles, seconds / ROUNDS, new ConcurrentHashMap<>());
      if (rate < 1.05 * last) {
        return;
      }
      last = rate;
    }
  }

  /** Returns the number of puzzles answered in a second. */
  private static double clients(
      RunningServer server,
      String name,
      List<String> puzzles,
      double seconds,
      Map<Integer, LongAdder> statuses)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    LongAdder answered = new LongAdder();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      work.add(() -> {
        try (LoadClient connection = new LoadClient(server.port())) {
          do {
            String puzzle = puzzles.get(Math.floorMod(next.getAndIncrement(), puzzles.size()));
            int status =
                connection.post("{\"model\":\"%s\",\"puzzle\":\"%s\"}".formatted(name, puzzle));
            statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
            if (status == 200) {
              assertThat(connection.body()).contains("\"answer\":\"", name);
              answered.increment();
            }
          } while (System.nanoTime() < end);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    return answered.doubleValue() / ((System.nanoTime() - start) / 1e9);
  }

  private static double solveAll(TrmModel model, List<String> puzzles, double seconds) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    LongAdder solved = new LongAdder();
    List<Puzzle> parsed = puzzles.stream().map(model::parse).toList();
    Iterator<Puzzle> endless =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return System.nanoTime() < end;
          }

          @Override
          public Puzzle next() {
            return parsed.get(next++ % parsed.size());
          }
        };
    model.solveAll(
        endless,
        BATCH,
        SolveOptions.DEFAULT.withDrafts(false),
        (answer, number) -> solved.increment());
    return solved.doubleValue() / ((System.nanoTime() - start) / 1e9);
  }

  private static long usedHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
