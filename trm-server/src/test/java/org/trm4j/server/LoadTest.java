package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
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
  private static final long FLAT_BYTES = 64L << 20;

  @Test
  void answersManyClientsAtOnce(TestReporter reporter) throws Exception {
    load("sudoku-4", 2, reporter);
  }

  @Test
  @Tag("nightly")
  void answersManyClientsForAMinute(TestReporter reporter) throws Exception {
    load("sudoku-4", 60, reporter);
    load("sudoku-9", 60, reporter);
  }

  private static void load(String name, int seconds, TestReporter reporter) throws Exception {
    try (RunningServer server = RunningServer.start("trm.models[" + name + "]=" + name)) {
      List<String> puzzles = new ArrayList<>();
      for (int seed = 1; seed <= 50; seed++) {
        puzzles.add(
            RunningServer.json(server.get("/v1/models/" + name + "/puzzle?seed=" + seed))
                .path("puzzle")
                .asString());
      }
      Map<Integer, LongAdder> first = clients(server, name, puzzles, Math.max(1, seconds / 6));
      long before = usedHeap();
      double alone = solveAll(server.model(name), puzzles, Math.max(1, seconds / 3));
      Map<Integer, LongAdder> statuses = clients(server, name, puzzles, seconds);
      double again = solveAll(server.model(name), puzzles, Math.max(1, seconds / 3));
      long growth = usedHeap() - before;
      double rate = statuses.get(200).doubleValue() / seconds;
      reporter.publishEntry(
          String.format(
              Locale.ROOT,
              "%s, %d clients, %d s: %.1f puzzles a second over HTTP, solveAll %.1f before and %.1f"
                  + " after (%.0f%%); statuses %s; heap %+d KiB",
              name,
              CLIENTS,
              seconds,
              rate,
              alone,
              again,
              200 * rate / (alone + again),
              statuses,
              growth >> 10));
      assertThat(first.keySet()).contains(200);
      assertThat(statuses.keySet()).contains(200).isSubsetOf(200, 429);
      assertThat(growth).as("heap that a load leaves behind").isLessThan(FLAT_BYTES);
    }
  }

  private static Map<Integer, LongAdder> clients(
      RunningServer server, String name, List<String> puzzles, int seconds) throws Exception {
    Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    AtomicInteger next = new AtomicInteger();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      work.add(() -> {
        do {
          String puzzle = puzzles.get(Math.floorMod(next.getAndIncrement(), puzzles.size()));
          HttpResponse<String> response =
              server.post(
                  "/v1/solve", "{\"model\":\"%s\",\"puzzle\":\"%s\"}".formatted(name, puzzle));
          statuses.computeIfAbsent(response.statusCode(), key -> new LongAdder()).increment();
        } while (System.nanoTime() < end);
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    return statuses;
  }

  private static double solveAll(TrmModel model, List<String> puzzles, int seconds) {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
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
