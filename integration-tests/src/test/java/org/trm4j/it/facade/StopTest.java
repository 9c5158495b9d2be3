package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.SolveStoppedException.Reason;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.BackendException;

/** Interrupts, deadlines and closing end a solve; none of them hangs, and none loses an answer. */
@Timeout(60)
class StopTest {
  /** Would run for hours. */
  private static final SolveOptions ENDLESS =
      SolveOptions.DEFAULT.withMaxSteps(100_000_000).withHalting(p -> false).withDrafts(false);

  private final TrmModel model = TrmModel.open(Models.sudoku(), "cpu-scalar", 2);
  private final Puzzle puzzle = model.parse(Models.PUZZLE);

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void aDeadlineEndsASolve() {
    SolveOptions limited = ENDLESS.withTimeout(Duration.ofMillis(50));
    SolveStoppedException stopped =
        catchThrowableOfType(SolveStoppedException.class, () -> model.solve(puzzle, limited));
    assertThat(stopped.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(stopped)
        .hasMessage("solve: stopped, its time is over; 0 puzzles were solved before");
    Answer partial = partial();
    assertThat(partial.stopped()).isTrue();
    assertThat(partial.steps()).isPositive();
    assertThat(partial.tokens()).hasSize(16);
    // The session that was stopped serves the next call as a new one does.
    Answer after = model.solve(Models.PUZZLE);
    assertThat(after.stopped()).isFalse();
    try (TrmModel fresh = TrmModel.open(Models.sudoku(), "cpu-scalar", 2)) {
      assertThat(after).isEqualTo(fresh.solve(Models.PUZZLE));
    }
  }

  /** On a busy machine a short time may pass before the first step: then there is no answer. */
  private Answer partial() {
    SolveOptions options = ENDLESS.withPartialAnswers(true);
    for (int millis = 50; ; millis *= 2) {
      try {
        return model.solve(puzzle, options.withTimeout(Duration.ofMillis(millis)));
      } catch (SolveStoppedException e) {
        assertThat(millis).as(e.getMessage()).isLessThan(20_000);
      }
    }
  }

  /** A step of ten thousand layers, given up in its middle. */
  @Test
  void aDeadlineEndsASolveInTheMiddleOfAStep() {
    try (TrmModel deep =
        TrmModel.open(Models.sudoku(Map.of("T", 999, "n", 9, "layers", 1)), "cpu-scalar", 1)) {
      SolveOptions limited = ENDLESS.withTimeout(Duration.ofMillis(1)).withPartialAnswers(true);
      // No step was done, so that there is nothing to hand over.
      assertThatThrownBy(() -> deep.solve(puzzle, limited))
          .isInstanceOf(SolveStoppedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsASolveAndStays(boolean partial) throws Exception {
    AtomicReference<Object> outcome = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    SolveOptions options =
        ENDLESS
            .withPartialAnswers(partial)
            .withHalting(progress -> {
              begun.countDown();
              return false;
            });
    Thread thread =
        new Thread(() -> {
          try {
            outcome.set(model.solve(puzzle, options));
          } catch (SolveStoppedException e) {
            outcome.set(e);
          }
          interrupted.set(Thread.currentThread().isInterrupted());
        });
    thread.start();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    thread.join(30_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(interrupted.get()).isTrue();
    if (partial) {
      assertThat(((Answer) outcome.get()).stopped()).isTrue();
    } else {
      assertThat(((SolveStoppedException) outcome.get()).reason()).isEqualTo(Reason.INTERRUPTED);
    }
  }

  @Test
  void aStoppedRunOverManyKeepsWhatIsSolved() {
    List<Puzzle> puzzles = Collections.nCopies(9, puzzle);
    List<Answer> answers = new ArrayList<>();
    // The first three puzzles stop by themselves, the others never.
    int[] asked = new int[1];
    SolveOptions options =
        ENDLESS.withHalting(progress -> answers.size() < 3).withStop(() -> asked[0]++ > 40);
    assertThatThrownBy(() ->
            model.solveAll(puzzles.iterator(), 1, options, (answer, n) -> answers.add(answer)))
        .isInstanceOf(SolveStoppedException.class)
        .hasMessage("solve: stopped, it was asked to stop; 3 puzzles were solved before");
    assertThat(answers).hasSize(3).noneMatch(Answer::stopped);
    answers.clear();
    asked[0] = 0;
    boolean all =
        model.solveAll(
            puzzles.iterator(),
            1,
            options.withPartialAnswers(true),
            (answer, n) -> answers.add(answer));
    assertThat(all).isFalse();
    assertThat(answers).hasSize(4);
    assertThat(answers.get(3).stopped()).isTrue();
    assertThat(model.solveAll(puzzles.iterator(), 4, SolveOptions.DEFAULT, (answer, n) -> {}))
        .isTrue();
  }

  @Test
  void whoeverWaitsForASessionIsStoppedToo() throws Exception {
    try (TrmModel one = TrmModel.open(Models.sudoku(), "cpu-scalar", 1);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> busy =
          threads.submit(() ->
              one.solve(
                  puzzle,
                  ENDLESS.withHalting(progress -> {
                    begun.countDown();
                    return false;
                  })));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> one.solve(puzzle, ENDLESS.withTimeout(Duration.ofMillis(30))))
          .isInstanceOf(SolveStoppedException.class)
          .hasMessageContaining("its time is over");
      Future<?> waiting = threads.submit(() -> one.solve(puzzle, ENDLESS));
      one.close();
      for (Future<?> future : List.of(busy, waiting)) {
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
            .cause()
            .isInstanceOf(BackendException.class)
            .hasMessageStartingWith("model: is closed");
      }
      assertThatThrownBy(() -> one.solve(puzzle, ENDLESS))
          .isInstanceOf(BackendException.class)
          .hasMessage("model: is closed");
      one.close();
    }
  }

  /** Whoever takes an answer may ask the same model again. */
  @Test
  void answersMayBeFollowedUp() {
    try (TrmModel one = TrmModel.open(Models.sudoku(), "cpu-scalar", 1)) {
      List<Answer> answers = new ArrayList<>();
      one.solveAll(
          Collections.nCopies(3, puzzle).iterator(),
          2,
          SolveOptions.DEFAULT,
          (answer, n) -> answers.add(one.solve(puzzle, SolveOptions.DEFAULT)));
      assertThat(answers).hasSize(3);
    }
  }
}
