package org.trm4j;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.episode.TaskRules;
import org.trm4j.jfr.SolveRecord;
import org.trm4j.plan.Plan;

/**
 * Runs the calls that solve with one model: they wait for a session, solve on it, and are seen by
 * Flight Recorder and an observer.
 *
 * @param rules of the model's task; null for the published one
 * @param domain of its puzzles; null if it has none
 * @param usualSteps supervision steps at most where the options do not say
 * @param observer null for none
 */
record Solver(
    SessionPool sessions,
    Plan plan,
    @Nullable TaskRules rules,
    @Nullable PuzzleDomain domain,
    int usualSteps,
    @Nullable SolveObserver observer) {
  /** Puzzles at a time where the caller does not say. */
  static final int BATCH = 64;

  private static final int MAX_SLOTS_OF_ONE_PUZZLE = 16;

  /** Returns the same calls, unobserved. */
  Solver unobserved() {
    return new Solver(sessions, plan, rules, domain, usualSteps, null);
  }

  /** Solves one puzzle. */
  Answer one(Puzzle puzzle, SolveOptions options) {
    StopSignal stop = new StopSignal(options);
    int slots = Math.min(options.attempts().count(), MAX_SLOTS_OF_ONE_PUZZLE);
    Answer[] result = new Answer[1];
    run(
        SessionPool.Kind.ONE_PUZZLE,
        slots,
        List.of(puzzle).iterator(),
        options,
        stop,
        (answer, number) -> result[0] = answer);
    if (result[0] == null) {
      throw stop.exception(0);
    }
    return result[0];
  }

  /** Solves puzzles; what is not answered is left out. */
  List<Answer> inOrder(List<Puzzle> puzzles, SolveOptions options, StopSignal stop) {
    @Nullable Answer[] answers = new @Nullable Answer[puzzles.size()];
    many(puzzles.iterator(), BATCH, options, stop, (a, number) -> answers[number] = a);
    return Arrays.stream(answers).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /** Solves puzzles in batches; returns whether every one was solved to its end. */
  boolean many(
      Iterator<Puzzle> puzzles,
      int batch,
      SolveOptions options,
      StopSignal stop,
      ObjIntConsumer<Answer> answers) {
    sessions.checkOpen();
    PuzzleQueue queue = new PuzzleQueue(puzzles);
    int slots = queue.slots(batch, options.attempts().count());
    return slots == 0 || run(SessionPool.Kind.MANY, slots, queue, options, stop, answers);
  }

  private boolean run(
      SessionPool.Kind kind,
      int slots,
      Iterator<Puzzle> puzzles,
      SolveOptions options,
      StopSignal stop,
      ObjIntConsumer<Answer> answers) {
    SolveObserver.Call seen =
        observer == null ? null : observer.began(kind == SessionPool.Kind.MANY);
    SolveRecord event = new SolveRecord(slots);
    Throwable failure = null;
    try {
      return sessions.use(
          kind,
          slots,
          stop,
          session -> {
            event.placed();
            if (seen != null) {
              seen.placed();
            }
            return new BatchSolver(session, plan, rules, domain, usualSteps, options, stop)
                .solve(
                    puzzles,
                    (answer, number) -> {
                      event.answered(answer.verified(), answer.totalSteps());
                      if (seen != null) {
                        seen.answered(answer);
                      }
                      answers.accept(answer, number);
                    });
          });
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      event.ended(failure);
      if (seen != null) {
        seen.ended(failure);
      }
    }
  }
}
