package org.trm4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ObjIntConsumer;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

/**
 * Solves puzzles on as many threads as Spark gives a task; each thread has a session with slots.
 */
final class TaskThreads {
  private TaskThreads() {}

  /**
   * A puzzle with its number.
   *
   * @param number passed on with the answer
   */
  record Numbered(Puzzle puzzle, int number) {}

  /**
   * Solves all puzzles.
   *
   * @param puzzles with their numbers
   * @param threads at least 1, the caller's among them
   * @param batch puzzles at a time, on all threads together
   * @param answers receives each answer with its puzzle's number, from one thread at a time
   */
  static void solve(
      TrmModel model,
      Iterator<Numbered> puzzles,
      int threads,
      int batch,
      SolveOptions options,
      ObjIntConsumer<Answer> answers) {
    int slots = Math.max(1, batch / threads);
    List<FutureTask<Void>> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      FutureTask<Void> other =
          new FutureTask<>(() -> work(model, puzzles, slots, options, answers), null);
      others.add(other);
      Thread.ofPlatform().daemon().name("trm-task-" + i).start(other);
    }
    try {
      work(model, puzzles, slots, options, answers);
      for (FutureTask<Void> other : others) {
        other.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      others.forEach(other -> other.cancel(true));
    }
  }

  private static void work(
      TrmModel model,
      Iterator<Numbered> puzzles,
      int slots,
      SolveOptions options,
      ObjIntConsumer<Answer> answers) {
    Own own = new Own(puzzles);
    model.solveAll(
        own,
        slots,
        options,
        (answer, taken) -> {
          synchronized (puzzles) {
            answers.accept(answer, own.numbers.get(taken));
          }
        });
  }

  /** The puzzles that one thread has taken. */
  private static final class Own implements Iterator<Puzzle> {
    final List<Integer> numbers = new ArrayList<>();
    private final Iterator<Numbered> shared;
    private final Queue<Numbered> next = new ConcurrentLinkedQueue<>();

    Own(Iterator<Numbered> shared) {
      this.shared = shared;
    }

    @Override
    public boolean hasNext() {
      synchronized (shared) {
        if (next.isEmpty() && shared.hasNext()) {
          next.add(shared.next());
        }
      }
      return !next.isEmpty();
    }

    @Override
    public Puzzle next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Numbered taken = next.remove();
      numbers.add(taken.number());
      return taken.puzzle();
    }
  }
}
