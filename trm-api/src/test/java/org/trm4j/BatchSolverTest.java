package org.trm4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.frontend.HaltingText;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.Progress;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;
import org.trm4j.task.TaskProgram;

/** When attempts stop, what that saves, and whose answer is taken. */
class BatchSolverTest {
  /** Right from the step on whose number is the puzzle. */
  private static final ScriptedSession.Script SOLVED_AT_ITS_NUMBER =
      (puzzle, steps, seeds) -> steps >= puzzle ? puzzle : puzzle - 1;

  static final Plan PLAN =
      Plan.lower(
          ModelConfig.builder().hidden(4, 1).tokens(1, 2).puzzleEmbedding(0, 0, 1).build(),
          Trm.standard().program("trm", Map.of()));

  private static SolveOptions options(String halting, Attempts attempts) {
    return SolveOptions.DEFAULT.withHalting(HaltingText.parse(halting)).withAttempts(attempts);
  }

  private static Answer[] solve(ScriptedSession session, SolveOptions options, int... puzzles) {
    Answer[] answers = new Answer[puzzles.length];
    new BatchSolver(
            session,
            PLAN,
            null,
            new EchoDomain(),
            TaskProgram.PUBLISHED_STEPS,
            options,
            new StopSignal(options))
        .solve(
            Arrays.stream(puzzles).mapToObj(p -> new Puzzle(new int[] {p}, 0)).iterator(),
            (answer, number) -> answers[number] = answer);
    assertThat(answers).allSatisfy(Objects::requireNonNull);
    return answers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed | 16",
        "verified | 5",
        "unchanged=1 | 2",
        "unchanged=3 | 4",
        "unchanged=4 | 9",
        "halt-head=0.005 | 5",
        "halt-head=0.99 | 16",
        "verified,unchanged=2 | 3",
        "verified+unchanged=2 | 7",
        "halt-head=0.99,verified+unchanged=2 | 7"
      })
  void policiesStopWhereTheySay(String halting, int steps) {
    Answer answer =
        solve(new ScriptedSession(1, SOLVED_AT_ITS_NUMBER), options(halting, Attempts.ONE), 5)[0];
    assertThat(answer.steps()).isEqualTo(steps);
    assertThat(answer.totalSteps()).isEqualTo(steps);
    assertThat(answer.drafts()).hasSize(steps);
    assertThat(answer.verified()).isEqualTo(steps >= 5);
    assertThat(answer.text()).isEqualTo(steps >= 5 ? "5" : "4");
  }

  @Test
  void goesDeeperThanTheReferenceWhereAsked() {
    Answer answer =
        solve(
            new ScriptedSession(1, SOLVED_AT_ITS_NUMBER),
            options("verified", Attempts.ONE).withMaxSteps(64),
            40)[0];
    assertThat(answer.steps()).isEqualTo(40);
    assertThat(answer.verified()).isTrue();
  }

  @Test
  void stoppedSlotsTakeTheNextPuzzleAndDoNoOtherWork() {
    int[] puzzles = {9, 1, 1, 1, 2, 3, 16, 1};
    ScriptedSession session = new ScriptedSession(2, SOLVED_AT_ITS_NUMBER);
    Answer[] answers = solve(session, options("verified", Attempts.ONE), puzzles);
    assertThat(Arrays.stream(answers).mapToInt(Answer::steps))
        .containsExactly(Arrays.stream(puzzles).boxed().toArray(Integer[]::new));
    // Exactly the steps that the puzzles take: none for a slot that has stopped.
    assertThat(session.work()).isEqualTo(Arrays.stream(puzzles).sum());
    // One slot has 9, 1 and then nothing left; the other 1, 1, 1, 2, 3 and 16.
    assertThat(session.calls()).isEqualTo(24);
    assertThat(session.events)
        .startsWith("start 0 9", "start 1 1", "stop 1", "start 1 1", "stop 1", "start 1 1")
        .filteredOn(event -> event.startsWith("start"))
        .hasSize(puzzles.length);
  }

  @Test
  void fixedDepthCostsAllStepsOfAllPuzzles() {
    ScriptedSession session = new ScriptedSession(3, SOLVED_AT_ITS_NUMBER);
    solve(session, options("fixed", Attempts.ONE), 1, 1, 1, 1);
    assertThat(session.work()).isEqualTo(64);
  }

  @Test
  void answersDoNotDependOnTheOtherSlots() {
    int[] puzzles = IntStream.range(1, 30).toArray();
    List<Integer> alone = null;
    for (int slots : new int[] {1, 2, 7, 64}) {
      Answer[] answers =
          solve(
              new ScriptedSession(slots, SOLVED_AT_ITS_NUMBER),
              options("unchanged=2", Attempts.ONE).withDrafts(false),
              puzzles);
      List<Integer> found = Arrays.stream(answers).map(answer -> answer.tokens()[0]).toList();
      alone = alone == null ? found : alone;
      assertThat(found).isEqualTo(alone);
    }
  }

  /** One attempt at any puzzle is right at its second step. */
  private static ScriptedSession.Script onlyAttempt(Attempts attempts, int right) {
    return (puzzle, steps, seeds) ->
        seeds.size() >= 2
                && seeds.get(0) == attempts.noiseSeed(new Puzzle(new int[] {puzzle}, 0), right, 0)
            ? puzzle
            : 1;
  }

  @Test
  void theFirstFoundAnswerEndsTheOtherAttempts() {
    Attempts attempts = Attempts.verified(8, 0.3, 7);
    ScriptedSession session = new ScriptedSession(4, onlyAttempt(attempts, 2));
    Answer answer = solve(session, options("verified", attempts), 50)[0];
    assertThat(answer.verified()).isTrue();
    assertThat(answer.attempt()).isEqualTo(2);
    assertThat(answer.steps()).isEqualTo(2);
    // Four slots, two steps each; the attempts 4 to 7 are never begun.
    assertThat(session.work()).isEqualTo(8);
    assertThat(answer.totalSteps()).isEqualTo(8);
    assertThat(session.events).filteredOn(event -> event.startsWith("start")).hasSize(4);
  }

  /** Three puzzles, each right at the second step of its third attempt. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void attemptsFollowOneAnotherWhereOtherPuzzlesHaveTheSlots(int slots) {
    Attempts attempts = Attempts.verified(8, 0.3, 7);
    ScriptedSession session = new ScriptedSession(slots, onlyAttempt(attempts, 2));
    SolveOptions options = options("fixed", attempts).withMaxSteps(2);
    Answer[] answers = solve(session, options, 50, 51, 52);
    assertThat(answers).allMatch(Answer::verified).allMatch(answer -> answer.attempt() == 2);
    if (slots != 2) {
      // Two steps of three attempts each, as if a puzzle had a session of its own.
      assertThat(session.work()).isEqualTo(3 * 3 * 2);
      assertThat(answers).allMatch(answer -> answer.totalSteps() == 6);
    }
    assertThat(session.events)
        .filteredOn(event -> event.startsWith("start"))
        .startsWith(
            slots == 1
                ? new String[] {"start 0 50", "start 0 50", "start 0 50"}
                : new String[] {"start 0 50", "start 1 51"});
  }

  @Test
  void symmetriesNeedADomainThatHasThem() {
    SolveOptions options = options("fixed", Attempts.of(2).withSymmetries(true));
    assertThatThrownBy(() -> solve(new ScriptedSession(1, SOLVED_AT_ITS_NUMBER), options, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts: the puzzle domain 'echo' has no symmetries");
  }

  @Test
  void attemptsAreChosenByHeadByVotesOrByTheVerifier() {
    Attempts base = new Attempts(5, 0.3, 7, Attempts.Choice.HALTING_HEAD, false);
    ScriptedSession.Script script =
        (puzzle, steps, seeds) -> {
          int attempt =
              seeds.isEmpty()
                  ? 0
                  : IntStream.range(1, 5)
                      .filter(r ->
                          seeds.get(0) == base.noiseSeed(new Puzzle(new int[] {puzzle}, 0), r, 0))
                      .findFirst()
                      .orElseThrow();
          // The head, which likes large numbers, is surest of attempt 4; three attempts agree on
          // 20.
          return new int[] {30, 20, 20, 20, 90}[attempt];
        };
    for (Attempts.Choice choice : Attempts.Choice.values()) {
      Attempts attempts = new Attempts(5, 0.3, 7, choice, false);
      Answer answer = solve(new ScriptedSession(3, script), options("fixed", attempts), 30)[0];
      assertThat(answer.tokens()[0])
          .isEqualTo(
              switch (choice) {
                // All have settled: the surest of them.
                case HALTING_HEAD, STATE_CHANGE, LOGIT_CHANGE -> 90;
                case VOTES -> 20;
                case VERIFIER -> 30;
              });
      assertThat(answer.totalSteps()).isEqualTo(5 * 16);
    }
  }

  @Test
  void theFirstAttemptHasNoNoiseAndTheSeedDecidesTheOthers() {
    Attempts one = new Attempts(3, 0.3, 1, Attempts.Choice.VOTES, false);
    Puzzle five = new Puzzle(new int[] {5}, 0);
    assertThat(one.noiseSeed(five, 1, 0))
        .isEqualTo(new Attempts(9, 0.1, 1, Attempts.Choice.VOTES, true).noiseSeed(five, 1, 0))
        .isNotEqualTo(new Attempts(3, 0.3, 2, Attempts.Choice.VOTES, false).noiseSeed(five, 1, 0));
    assertThat(
            IntStream.range(0, 1000)
                .mapToLong(
                    i -> one.noiseSeed(new Puzzle(new int[] {i / 100}, 0), i / 10 % 10, i % 10))
                .distinct())
        .hasSize(1000);
    int[] noisy = new int[1];
    ScriptedSession.Script script =
        (puzzle, steps, seeds) -> {
          noisy[0] = Math.max(noisy[0], seeds.size());
          return seeds.isEmpty() ? 3 : 2;
        };
    Answer single = solve(new ScriptedSession(1, script), options("fixed", Attempts.ONE), 3)[0];
    assertThat(single.tokens()[0]).isEqualTo(3);
    assertThat(noisy[0]).isZero();
    solve(new ScriptedSession(1, script), options("fixed", one), 3);
    assertThat(noisy[0]).as("noise before each of the steps").isEqualTo(16);
  }

  @Test
  void aChoiceByVerifierNeedsAVerifier() {
    SolveOptions options = options("fixed", Attempts.verified(2, 0.3, 1));
    assertThatThrownBy(() ->
            new BatchSolver(
                new ScriptedSession(1, SOLVED_AT_ITS_NUMBER),
                PLAN,
                null,
                null,
                TaskProgram.PUBLISHED_STEPS,
                options,
                new StopSignal(options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a puzzle domain with a verifier");
  }

  /** The attempt without noise grows surer at every step, the others stay where they are. */
  private static final ScriptedSession.Script RESTLESS_WITHOUT_NOISE =
      (puzzle, steps, seeds) -> seeds.isEmpty() ? 10 + steps : 3;

  @ParameterizedTest
  @CsvSource({"HALTING_HEAD, 0", "STATE_CHANGE, 1", "LOGIT_CHANGE, 1"})
  void aChoiceByChangeTakesTheAttemptThatHasSettled(Attempts.Choice choice, int attempt) {
    Attempts three = new Attempts(3, 0.3, 1, choice, false);
    Answer answer =
        solve(new ScriptedSession(2, RESTLESS_WITHOUT_NOISE), options("fixed", three), 3)[0];
    assertThat(answer.attempt()).isEqualTo(attempt);
    assertThat(answer.tokens()[0]).isEqualTo(attempt == 0 ? 26 : 3);
  }

  @ParameterizedTest
  @CsvSource({"fixed-point=0.2, 5", "fixed-point=0.1, 10", "fixed-point=0.2+unchanged=1, 16"})
  void theFixedPointIsWhereStatesHardlyChange(String halting, int steps) {
    // The state is the step's number: it changes by 1 / steps of itself.
    ScriptedSession session = new ScriptedSession(1, (puzzle, done, seeds) -> done);
    Answer answer = solve(session, options(halting, Attempts.ONE), 3)[0];
    assertThat(answer.steps()).isEqualTo(steps + (steps < 16 ? 1 : 0));
  }

  @Test
  void logitChangeIsTheMeanOfTheWindow() {
    ScriptedSession session = new ScriptedSession(1, (puzzle, steps, seeds) -> steps * steps);
    List<Double> seen = new ArrayList<>();
    HaltingPolicy policy =
        HaltingPolicy.reading(
            Set.of(Progress.Change.LOGITS),
            progress -> {
              seen.add(progress.change(Progress.Change.LOGITS));
              assertThatThrownBy(() -> progress.change(Progress.Change.STATE))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("is not measured");
              return false;
            });
    Attempts two = new Attempts(1, 0, 0, Attempts.Choice.HALTING_HEAD, false).withWindow(2);
    solve(session, options("fixed", two).withMaxSteps(5).withHalting(policy).withDrafts(false), 3);
    // Both logits of the one cell are n^2 after n steps: they move by 3, 5, 7 and 9 times sqrt(2).
    double root = Math.sqrt(2);
    double[] expected = {Double.POSITIVE_INFINITY, 3 * root, 4 * root, 6 * root, 8 * root};
    assertThat(seen).hasSize(5);
    assertThat(seen.getFirst()).isEqualTo(expected[0]);
    for (int i = 1; i < 5; i++) {
      assertThat(seen.get(i)).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void noiseComesAtTheChosenStepsOnly() {
    Attempts two = new Attempts(2, 0.3, 1, Attempts.Choice.HALTING_HEAD, false);
    Map<List<Long>, Integer> firstSeen = new HashMap<>();
    ScriptedSession.Script script =
        (puzzle, steps, seeds) -> {
          firstSeen.putIfAbsent(List.copyOf(seeds), steps);
          return 3;
        };
    solve(
        new ScriptedSession(1, script),
        options("fixed", two.withNoisySteps(2, 3)).withMaxSteps(5),
        3);
    Puzzle three = new Puzzle(new int[] {3}, 0);
    long second = two.noiseSeed(three, 1, 1);
    long third = two.noiseSeed(three, 1, 2);
    assertThat(firstSeen)
        .hasSize(3)
        .containsKey(List.of())
        .containsEntry(List.of(second), 2)
        .containsEntry(List.of(second, third), 3);
    assertThatThrownBy(() -> two.withNoisySteps(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noise before steps 3 to 2");
  }

  @Test
  void noiseGoesToTheChosenStatesOnly() {
    ScriptedSession session = new ScriptedSession(1, SOLVED_AT_ITS_NUMBER);
    Attempts two = new Attempts(2, 0.3, 1, Attempts.Choice.HALTING_HEAD, false);
    solve(session, options("fixed", two.withNoisyStates(List.of("z_L"))), 3);
    assertThat(session.restored).hasSize(16).containsOnly("z_L");
    SolveOptions wrong = options("fixed", two.withNoisyStates(List.of("z_l")));
    assertThatThrownBy(() -> solve(session, wrong, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noise on states [z_l], expected some of [z_H, z_L]");
  }
}
