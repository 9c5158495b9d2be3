package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.OpenOptions;
import org.trm4j.Puzzle;
import org.trm4j.SolveObserver;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.BackendException;

/** Lists, streams and publishers, and who sees them. */
@Timeout(120)
class ManyTest {
  private static final SolveOptions STEPS =
      SolveOptions.DEFAULT.withMaxSteps(3).withHalting(progress -> false);
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static TrmModel model;

  @BeforeAll
  static void open() {
    model =
        TrmModel.open(
            Models.sudoku(),
            OpenOptions.DEFAULT
                .withBackend("cpu-scalar")
                .withThreads(1)
                .withObserver(ManyTest::observed));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static SolveObserver.Call observed(boolean many) {
    SEEN.add(many ? "many" : "one");
    return new SolveObserver.Call() {
      @Override
      public void placed() {
        SEEN.add("placed");
      }

      @Override
      public void answered(Answer answer) {
        SEEN.add("answered");
      }

      @Override
      public void ended(@Nullable Throwable failure) {
        SEEN.add(failure == null ? "returned" : failure.getClass().getSimpleName());
      }
    };
  }

  private static List<Puzzle> puzzles(int count) {
    // Blank but for one cell, another one for each of the first 64.
    return IntStream.range(0, count)
        .mapToObj(i -> {
          StringBuilder text = new StringBuilder(".".repeat(16));
          text.setCharAt(i / 4 % 16, (char) ('1' + i % 4));
          return model.parse(text.toString());
        })
        .toList();
  }

  private static List<Answer> oneByOne(List<Puzzle> puzzles) {
    return puzzles.stream().map(puzzle -> model.solve(puzzle, STEPS)).toList();
  }

  @Test
  void answersAreInTheOrderOfTheirPuzzles() {
    List<Puzzle> puzzles = puzzles(70);
    List<Answer> expected = oneByOne(puzzles);
    assertThat(model.solveAll(puzzles, STEPS)).isEqualTo(expected);
    assertThat(model.solveAll(puzzles.stream(), STEPS)).containsExactlyElementsOf(expected);
    assertThat(model.solveAll(List.of())).isEmpty();
    assertThat(model.solveAll(Stream.<Puzzle>empty(), STEPS)).isEmpty();
    assertThat(model.solveAll(model.parseAll(List.of(Models.PUZZLE))))
        .containsExactly(model.solve(Models.PUZZLE));
  }

  @Test
  void aStreamTakesPuzzlesAsAnswersAreAskedFor() {
    AtomicInteger taken = new AtomicInteger();
    List<Puzzle> puzzles = puzzles(64);
    boolean[] closed = {false};
    Stream<Puzzle> endless =
        Stream.generate(() -> puzzles.get(taken.getAndIncrement() % 64))
            .onClose(() -> closed[0] = true);
    try (Stream<Answer> answers = model.solveAll(endless, STEPS.withMaxSteps(1))) {
      assertThat(answers.limit(3)).hasSize(3);
    }
    assertThat(taken.get()).isBetween(3, 200);
    assertThat(closed[0]).isTrue();
  }

  @Test
  void aStreamEndsWithItsTime() {
    SolveOptions endless =
        STEPS.withMaxSteps(100_000_000).withDrafts(false).withTimeout(Duration.ofMillis(200));
    assertThatThrownBy(() -> model.solveAll(puzzles(2).stream(), endless).toList())
        .isInstanceOfSatisfying(
            SolveStoppedException.class,
            e -> assertThat(e.reason()).isEqualTo(SolveStoppedException.Reason.TIMEOUT));
    // A hundred puzzles, and the second step of the first batch is the last.
    boolean[] stop = {false};
    List<Answer> partial =
        model
            .solveAll(
                puzzles(100).stream(),
                STEPS
                    .withPartialAnswers(true)
                    .withStop(() -> stop[0])
                    .withListener((number, draft) -> stop[0] |= draft.step() == 2))
            .toList();
    assertThat(partial)
        .hasSize(64)
        .allSatisfy(answer -> assertThat(answer.ending()).isEqualTo(Answer.Ending.REQUESTED));
  }

  @Test
  void theObserverSeesEveryCall() {
    SEEN.clear();
    model.solve(Models.PUZZLE, STEPS);
    model.solveAll(puzzles(2), STEPS);
    assertThatThrownBy(() -> model.solve(Models.PUZZLE, STEPS.withStop(() -> true)))
        .isInstanceOf(SolveStoppedException.class);
    assertThat(SEEN)
        .containsExactly(
            "one",
            "placed",
            "answered",
            "returned",
            "many",
            "placed",
            "answered",
            "answered",
            "returned",
            "one",
            "SolveStoppedException");
  }

  /** Asks for one draft after the other. */
  private static final class Reader implements Flow.Subscriber<Draft> {
    private final List<Draft> drafts = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
    private final int most;
    private Flow.@Nullable Subscription subscription;

    Reader(int most) {
      this.most = most;
    }

    @Override
    public void onSubscribe(Flow.Subscription own) {
      subscription = own;
      own.request(1);
    }

    @Override
    public void onNext(Draft draft) {
      drafts.add(draft);
      Flow.Subscription own = java.util.Objects.requireNonNull(subscription);
      if (drafts.size() == most) {
        own.cancel();
        end.countDown();
      } else {
        own.request(1);
      }
    }

    @Override
    public void onError(Throwable throwable) {
      error.set(throwable);
      end.countDown();
    }

    @Override
    public void onComplete() {
      end.countDown();
    }

    Reader read(Flow.Publisher<Draft> publisher) throws InterruptedException {
      publisher.subscribe(this);
      assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
      return this;
    }
  }

  @Test
  void aPublisherSolvesForEverySubscriber() throws InterruptedException {
    Puzzle puzzle = model.parse(Models.PUZZLE);
    List<Draft> also = Collections.synchronizedList(new ArrayList<>());
    Flow.Publisher<Draft> publisher =
        model.drafts(puzzle, STEPS.withListener((number, draft) -> also.add(draft)));
    List<Draft> expected = model.solve(puzzle, STEPS).drafts();
    assertThat(new Reader(99).read(publisher).drafts).isEqualTo(expected);
    assertThat(new Reader(99).read(publisher).drafts).isEqualTo(expected);
    assertThat(also).hasSize(2 * expected.size());
  }

  @Test
  void cancellingEndsTheSolve() throws InterruptedException {
    Puzzle puzzle = model.parse(Models.PUZZLE);
    SEEN.clear();
    Reader reader = new Reader(2).read(model.drafts(puzzle, STEPS.withMaxSteps(100_000_000)));
    assertThat(reader.drafts).hasSize(2);
    for (int i = 0; i < 3000 && !SEEN.contains("SolveStoppedException"); i++) {
      Thread.sleep(10);
    }
    assertThat(SEEN).containsExactly("one", "placed", "SolveStoppedException");
  }

  @Test
  void aFailureReachesTheSubscriber() throws InterruptedException {
    Puzzle puzzle = model.parse(Models.PUZZLE);
    Reader late =
        new Reader(99)
            .read(
                model.drafts(
                    puzzle, STEPS.withMaxSteps(100_000_000).withTimeout(Duration.ofMillis(100))));
    assertThat(late.error.get()).isInstanceOf(SolveStoppedException.class);
    TrmModel closed = TrmModel.open(Models.sudoku(), "cpu-scalar", 1);
    closed.close();
    assertThat(new Reader(99).read(closed.drafts(puzzle, STEPS)).error.get())
        .isInstanceOf(BackendException.class);
  }
}
