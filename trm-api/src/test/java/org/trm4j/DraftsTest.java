package org.trm4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.trm4j.model.Shape;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.view.CellConfidence;

/** What drafts and answers say, to whom, and when. */
class DraftsTest {
  private static List<Answer> solve(SolveOptions options, int slots, int... puzzles) {
    List<Answer> answers = new ArrayList<>();
    new BatchSolver(
            new ScriptedSession(slots, (p, steps, seeds) -> steps >= p ? p : steps),
            BatchSolverTest.PLAN,
            null,
            new EchoDomain(),
            TaskProgram.PUBLISHED_STEPS,
            options,
            new StopSignal(options))
        .solve(
            Arrays.stream(puzzles).mapToObj(p -> new Puzzle(new int[] {p}, 0)).iterator(),
            (answer, number) -> answers.add(answer));
    return answers;
  }

  @Test
  void aListenerSeesEveryDraftOfEveryPuzzleAsItIsMade() {
    List<String> heard = new ArrayList<>();
    SolveOptions options =
        SolveOptions.DEFAULT
            .withDrafts(false)
            .withListener((puzzle, draft) ->
                heard.add(
                    "%s.%s.%s %s %s"
                        .formatted(
                            puzzle,
                            draft.attempt(),
                            draft.step(),
                            draft.text(),
                            draft.verified())));
    List<Answer> answers = solve(options, 2, 3, 1);
    assertThat(heard)
        .containsExactly("0.0.1 1 false", "1.0.1 1 true", "0.0.2 2 false", "0.0.3 3 true");
    assertThat(answers).allSatisfy(answer -> assertThat(answer.drafts()).isEmpty());
  }

  @Test
  void aListenersExceptionEndsTheSolve() {
    SolveOptions options =
        SolveOptions.DEFAULT.withListener((puzzle, draft) -> {
          throw new IllegalStateException("enough");
        });
    assertThatThrownBy(() -> solve(options, 1, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void answersSayWhyTheyEnded() {
    assertThat(solve(SolveOptions.DEFAULT, 1, 3).getFirst().ending())
        .isEqualTo(Answer.Ending.HALTED);
    Answer limited = solve(SolveOptions.DEFAULT.withMaxSteps(2), 1, 9).getFirst();
    assertThat(limited.ending()).isEqualTo(Answer.Ending.STEP_LIMIT);
    assertThat(limited.stopped()).isFalse();
    assertThat(limited.reason()).isEqualTo("another token");
    AtomicBoolean stop = new AtomicBoolean();
    Answer stopped =
        solve(
                SolveOptions.DEFAULT
                    .withPartialAnswers(true)
                    .withStop(stop::get)
                    .withListener((puzzle, draft) -> stop.set(draft.step() == 2)),
                1,
                9)
            .getFirst();
    assertThat(stopped.ending()).isEqualTo(Answer.Ending.REQUESTED);
    assertThat(stopped.stopped()).isTrue();
    assertThat(stopped.steps()).isEqualTo(2);
    assertThat(Arrays.stream(Answer.Ending.values()).filter(Answer.Ending::early))
        .containsExactly(Answer.Ending.INTERRUPTED, Answer.Ending.TIMEOUT, Answer.Ending.REQUESTED);
  }

  @Test
  void answersAndDraftsShowTheirGrid() {
    Answer answer = solve(SolveOptions.DEFAULT.withMaxSteps(2), 1, 9).getFirst();
    assertThat(answer)
        .hasToString(
            "Answer: wrong (another token), confidence 0.0003, 2 steps, it reached the limit on"
                + " supervision steps\n"
                + "2");
    assertThat(answer.drafts().getFirst())
        .hasToString("Draft 1: wrong (another token), confidence 0.0001\n1");
    assertThat(Draft.builder().tokens(new int[] {4, 5}).build())
        .hasToString("Draft 1: unverifiable (this puzzle has no verifier)\n[4, 5]");
  }

  @Test
  void detailsAreThereWhereTheyWereAskedFor() {
    Draft without = solve(SolveOptions.DEFAULT, 1, 1).getFirst().drafts().getFirst();
    assertThat(without.stateChange()).isEmpty();
    assertThat(without.cellConfidence()).isEmpty();
    Draft with = solve(SolveOptions.DEFAULT.withDetails(true), 1, 1).getFirst().drafts().getFirst();
    // From states that are all 0 to states that are not.
    assertThat(with.stateChange()).isEqualTo(OptionalDouble.of(1));
    // Two logits of equal size.
    assertThat(with.cellConfidence()).containsExactly(0.5f);
    assertThat(with).isNotEqualTo(without);
  }

  @Test
  void policiesSeeTheDraftAndItsHistory() {
    List<String> seen = new ArrayList<>();
    SolveOptions options =
        SolveOptions.DEFAULT
            .withMaxSteps(40)
            .withHalting(progress -> {
              int last = progress.steps();
              assertThat(progress.question()).containsExactly(30);
              assertThat(progress.draft()).isEqualTo(progress.draft(last));
              assertThat(progress.haltLogit()).isEqualTo(progress.haltLogit(last));
              for (int step = 1; step <= last; step++) {
                assertThat(progress.draft(step)).containsExactly(step);
                assertThat(progress.haltLogit(step)).isEqualTo(step - 10);
              }
              progress.draft(1)[0] = 99;
              progress.draft()[0] = 99;
              assertThatThrownBy(() -> progress.draft(last + 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage(
                      "step %s of a puzzle that has taken %s, expected 1 to %s"
                          .formatted(last + 1, last, last));
              assertThatThrownBy(() -> progress.haltLogit(0))
                  .isInstanceOf(IllegalArgumentException.class);
              seen.add("step " + last);
              return last == 20;
            });
    assertThat(solve(options, 1, 30).getFirst().steps()).isEqualTo(20);
    assertThat(seen).hasSize(20);
  }

  @ParameterizedTest
  @EnumSource(Objective.Term.LossKind.class)
  @NullSource
  void cellConfidenceIsWhatTheLossMakesOfALogit(Objective.Term.@Nullable LossKind kind) {
    float[] logits = {1, -1, 3, 1000, 0, -1000};
    float[] found = CellConfidence.of(logits, Shape.of(2, 3), new int[] {2, 0}, kind);
    double softmax = Math.exp(3) / (Math.exp(1) + Math.exp(-1) + Math.exp(3));
    double stable = 4 / (2 + 0.5 + 4);
    double[] expected =
        kind == Objective.Term.LossKind.STABLE_MAX
            ? new double[] {stable, 1001 / (1001 + 1 + 1 / 1001.0)}
            : new double[] {
              kind == Objective.Term.LossKind.BINARY ? 1 / (1 + Math.exp(-3)) : softmax, 1
            };
    for (int i = 0; i < 2; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(CellConfidence.of(logits, Shape.of(2, 3), new int[] {7, -1}, kind))
        .containsExactly(0, 0);
  }
}
