package org.trm4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.task.TaskProgram;

/**
 * No array that a caller or a plug-in keeps is one that the library reads; equality is by content.
 */
class CopiesTest {
  private static Draft draft(int step, int[] tokens, float haltLogit) {
    return Draft.builder().step(step).tokens(tokens).haltLogit(haltLogit).build();
  }

  private static Answer answer(int token) {
    return Answer.builder()
        .question(new int[] {1})
        .tokens(new int[] {token})
        .text("t")
        .grid("t")
        .verification(Verification.CORRECT)
        .haltLogit(1)
        .drafts(List.of(draft(1, new int[] {token}, 1)))
        .build();
  }

  @Test
  void puzzlesDraftsAndAnswersAreEqualByContent() {
    assertThat(new Puzzle(new int[] {1, 2}, 3))
        .isEqualTo(new Puzzle(new int[] {1, 2}, 3))
        .hasSameHashCodeAs(new Puzzle(new int[] {1, 2}, 3))
        .isNotEqualTo(new Puzzle(new int[] {1, 3}, 3))
        .isNotEqualTo(new Puzzle(new int[] {1, 2}, 4));
    assertThat(draft(1, new int[] {1}, 2))
        .isEqualTo(draft(1, new int[] {1}, 2))
        .hasSameHashCodeAs(draft(1, new int[] {1}, 2))
        .isNotEqualTo(draft(1, new int[] {2}, 2))
        .isNotEqualTo(draft(1, new int[] {1}, 3));
    assertThat(answer(1)).isEqualTo(answer(1)).hasSameHashCodeAs(answer(1)).isNotEqualTo(answer(2));
  }

  @Test
  void arraysAreCopiedOnTheWayInAndOut() {
    int[] tokens = {1, 2};
    Puzzle puzzle = new Puzzle(tokens, 0);
    Draft draft = draft(1, tokens, 0);
    Answer answer =
        Answer.builder().question(tokens).tokens(tokens).verification(Verification.CORRECT).build();
    tokens[0] = 9;
    puzzle.tokens()[1] = 9;
    draft.tokens()[1] = 9;
    answer.tokens()[1] = 9;
    answer.question()[1] = 9;
    assertThat(puzzle.tokens()).containsExactly(1, 2);
    assertThat(draft.tokens()).containsExactly(1, 2);
    assertThat(answer.tokens()).containsExactly(1, 2);
    assertThat(answer.question()).containsExactly(1, 2);
  }

  /** A reader that fills one buffer anew for each puzzle, and looks on while others are solved. */
  @Test
  void aReusedBufferChangesNoVerdict() {
    int[] buffer = {7};
    Iterator<Puzzle> puzzles = List.of(new Puzzle(buffer, 0)).iterator();
    ScriptedSession session =
        new ScriptedSession(
            1,
            (puzzle, steps, seeds) -> {
              // What the model answers is what the buffer holds by now, not what was asked.
              buffer[0] = 3;
              return 3;
            });
    SolveOptions options = SolveOptions.DEFAULT.withMaxSteps(2);
    List<Answer> answers = new ArrayList<>();
    new BatchSolver(
            session,
            BatchSolverTest.PLAN,
            null,
            new EchoDomain(),
            TaskProgram.PUBLISHED_STEPS,
            options,
            new StopSignal(options))
        .solve(puzzles, (answer, number) -> answers.add(answer));
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().verified()).isFalse();
    assertThat(answers.getFirst().question()).containsExactly(7);
  }

  /** A verifier and a codec that write into what they are given. */
  private record Scribbler(EchoDomain echo) implements Verifier {
    @Override
    public Verification verify(int[] question, int[] answer) {
      Verification verdict = echo.verify(question, answer);
      question[0] = 0;
      answer[0] = 0;
      return verdict;
    }

    PuzzleDomain domain() {
      return (PuzzleDomain)
          java.lang.reflect.Proxy.newProxyInstance(
              Scribbler.class.getClassLoader(),
              new Class<?>[] {PuzzleDomain.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "verifier" -> Optional.of(this);
                    case "codec" -> codec();
                    default -> method.invoke(echo, arguments);
                  });
    }

    private PuzzleCodec codec() {
      return (PuzzleCodec)
          java.lang.reflect.Proxy.newProxyInstance(
              Scribbler.class.getClassLoader(),
              new Class<?>[] {PuzzleCodec.class},
              (proxy, method, arguments) -> {
                Object result = method.invoke(echo, arguments);
                if (method.getName().equals("decode")) {
                  ((int[]) arguments[0])[0] = 0;
                }
                return result;
              });
    }
  }

  @Test
  void aPlugInThatWritesChangesNoAnswer() {
    ScriptedSession session = new ScriptedSession(1, (puzzle, steps, seeds) -> puzzle);
    SolveOptions options = SolveOptions.DEFAULT.withHalting(p -> p.steps() == 3);
    List<Answer> answers = new ArrayList<>();
    new BatchSolver(
            session,
            BatchSolverTest.PLAN,
            null,
            new Scribbler(new EchoDomain()).domain(),
            TaskProgram.PUBLISHED_STEPS,
            options,
            new StopSignal(options))
        .solve(
            List.of(new Puzzle(new int[] {4}, 0)).iterator(),
            (answer, number) -> answers.add(answer));
    assertThat(answers.getFirst().tokens()).containsExactly(4);
    assertThat(answers.getFirst().question()).containsExactly(4);
    assertThat(answers.getFirst().verified()).isTrue();
    assertThat(answers.getFirst().drafts()).allMatch(draft -> draft.tokens()[0] == 4);
  }

  /** Beyond 37 sigmoid(q_halt) is 1; the logit still tells which attempt is surer. */
  @Test
  void attemptsAreRankedByTheLogit() {
    Puzzle puzzle = new Puzzle(new int[] {1}, 0);
    Attempts two = new Attempts(3, 0.3, 1, Attempts.Choice.HALTING_HEAD, false);
    AttemptGroup group = new AttemptGroup(puzzle, 0, two);
    float[] logits = {50, 60, Float.NaN};
    for (int i = 0; i < logits.length; i++) {
      group.finished(
          Answer.builder()
              .question(new int[] {1})
              .tokens(new int[] {i})
              .haltLogit(logits[i])
              .attempt(i)
              .build(),
          0);
    }
    Answer chosen = group.answer();
    assertThat(chosen.attempt()).isEqualTo(1);
    assertThat(chosen.haltLogit()).isEqualTo(60);
    assertThat(chosen.confidence()).isEqualTo(1);
  }
}
