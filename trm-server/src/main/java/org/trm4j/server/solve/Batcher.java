package org.trm4j.server.solve;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.error.TrmException;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.limit.Deadline;
import org.trm4j.server.limit.SolveGate;

/**
 * Solves the puzzles of different requests together: as soon as a puzzle stops, a waiting one takes
 * its slot. Results are the same as for each puzzle alone, because the puzzles of a batch are
 * independent.
 */
final class Batcher implements AutoCloseable {
  // How long the session stays open between two bursts.
  private static final long LINGER_MILLIS = 10;

  private final ServedModel served;
  private final int slots;
  private final BlockingDeque<Job> waiting = new LinkedBlockingDeque<>();
  private final Thread worker;
  private volatile boolean closed;

  /** Puzzles whose requests have equal settings share a session. */
  private record Key(OptionalInt steps, String halt, boolean drafts) {}

  private record Job(
      Puzzle puzzle, Key key, SolveOptions options, CompletableFuture<Answer> answer) {}

  /**
   * Starts the worker.
   *
   * @param slots the most puzzles at a time
   */
  Batcher(ServedModel served, int slots) {
    this.served = served;
    this.slots = slots;
    this.worker = Thread.ofPlatform().name("trm-batch-" + served.name()).daemon().start(this::run);
  }

  /** Solves one puzzle with settings that are {@link SolveSettings#shareable}. */
  Answer solve(Puzzle puzzle, SolveSettings settings, SolveOptions options, Deadline deadline) {
    Key key = new Key(options.maxSteps(), settings.halt(), settings.drafts());
    Job job = new Job(puzzle, key, options, new CompletableFuture<>());
    waiting.add(job);
    if (closed) {
      fail(SolveGate.interrupted());
    }
    try {
      return job.answer().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // A waiting puzzle is dropped; one in a slot ends after its number of steps.
      job.answer().cancel(false);
      throw deadline.passed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SolveGate.interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void run() {
    while (!closed) {
      try {
        Job first = waiting.take();
        waiting.addFirst(first);
        solveTogether(new Feed(first.key()), first.options());
      } catch (InterruptedException e) {
        break;
      }
    }
    fail(SolveGate.interrupted());
  }

  private void solveTogether(Feed feed, SolveOptions options) {
    try {
      served
          .model()
          .solveAll(
              feed,
              slots,
              options,
              (answer, number) -> feed.remove(number).answer().complete(answer));
    } catch (RuntimeException e) {
      // One puzzle's verifier may have failed; that must not affect the others.
      feed.unanswered.values().forEach(this::solveAlone);
    }
  }

  private void solveAlone(Job job) {
    try {
      job.answer().complete(served.model().solve(job.puzzle(), job.options()));
    } catch (RuntimeException e) {
      job.answer().completeExceptionally(e);
    }
  }

  private void fail(TrmException why) {
    for (Job job = waiting.poll(); job != null; job = waiting.poll()) {
      job.answer().completeExceptionally(why);
    }
  }

  /** Stops the worker; waiting requests are refused. */
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
  }

  /** The waiting puzzles, as long as their settings are equal; used by the worker alone. */
  private final class Feed implements Iterator<Puzzle> {
    private final Key key;
    private final Map<Integer, Job> unanswered = new HashMap<>();
    private @Nullable Job next;
    private int given;
    private int opened;
    private boolean ended;

    Feed(Key key) {
      this.key = key;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !ended && !isTooSmall()) {
        next = poll();
        if (next == null && given > 0 && unanswered.isEmpty()) {
          next = await();
          ended = next == null;
        }
      }
      if (opened == 0 && (next == null || given == slots)) {
        opened = Math.max(1, given);
      }
      return next != null;
    }

    /** A session has a fixed number of slots; if many puzzles wait, a larger session is opened. */
    private boolean isTooSmall() {
      return opened > 0 && opened < slots && waiting.size() > opened;
    }

    private @Nullable Job await() {
      try {
        Job job = waiting.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
        if (job == null) {
          return null;
        }
        waiting.addFirst(job);
        return poll();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }

    private @Nullable Job poll() {
      for (Job job = waiting.peekFirst(); job != null; job = waiting.peekFirst()) {
        if (!job.answer().isDone()) {
          if (!job.key().equals(key)) {
            return null;
          }
          return waiting.pollFirst();
        }
        waiting.pollFirst();
      }
      return null;
    }

    @Override
    public Puzzle next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Job job = next;
      next = null;
      unanswered.put(given++, Objects.requireNonNull(job));
      return job.puzzle();
    }

    Job remove(int number) {
      return Objects.requireNonNull(unanswered.remove(number));
    }
  }
}
