package org.trm4j.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.operation.Loss;

class EvaluationTallyTest {
  private static final int[] QUESTION = {0, 0};

  private static Draft draft(int step, int[] tokens, float haltLogit) {
    return Draft.builder().step(step).tokens(tokens).haltLogit(haltLogit).build();
  }

  private static EvaluationReport.Step figures(
      int step, double tokens, double exact, double halting, double running) {
    return EvaluationReport.Step.builder()
        .step(step)
        .tokenAccuracy(tokens)
        .exactAccuracy(exact)
        .haltingAccuracy(halting)
        .running(running)
        .build();
  }

  private static Answer answer(Draft... drafts) {
    Draft last = drafts[drafts.length - 1];
    return Answer.builder()
        .question(QUESTION)
        .tokens(last.tokens())
        .haltLogit(last.haltLogit())
        .steps(drafts.length)
        .drafts(Arrays.asList(drafts))
        .totalSteps(drafts.length + 2)
        .ending(Answer.Ending.STEP_LIMIT)
        .build();
  }

  @Test
  void aPuzzleThatStoppedKeepsItsAnswer() {
    Evaluation.Tally tally = new Evaluation.Tally(4);
    Example example = new Example(QUESTION, new int[] {1, 2}, 0);
    tally.add(answer(draft(1, new int[] {1, 2}, 2)), example);
    tally.add(
        answer(
            draft(1, new int[] {1, 1}, 2),
            draft(2, new int[] {2, 1}, -1),
            draft(3, new int[] {1, 2}, -1)),
        example);
    EvaluationReport report = tally.report(2, Map.of("pass@2", 0.5));
    assertThat(report.puzzles()).isEqualTo(2);
    assertThat(report.steps())
        .containsExactly(
            figures(1, 0.75, 0.5, 0.5, 1),
            figures(2, 0.5, 0.5, 1, 0.5),
            figures(3, 1, 1, 0.5, 0.5));
    assertThat(report.exactAccuracy()).isEqualTo(1);
    assertThat(report.meanSteps()).isEqualTo(2);
    assertThat(report.meanTotalSteps()).isEqualTo(4);
    assertThat(report.puzzlesPerSecond()).isEqualTo(1);
    assertThat(report.extra()).containsEntry("pass@2", 0.5);
  }

  @Test
  void positionsAndPuzzlesWithoutLabelsDoNotCount() {
    Evaluation.Tally tally = new Evaluation.Tally(1);
    Answer answer = answer(draft(1, new int[] {1, 9}, 0));
    tally.add(answer, new Example(QUESTION, new int[] {Loss.IGNORED, Loss.IGNORED}, 0));
    assertThatThrownBy(() -> tally.report(1, Map.of())).hasMessageContaining("has labels");
    tally.add(answer, new Example(QUESTION, new int[] {1, Loss.IGNORED}, 0));
    EvaluationReport report = tally.report(1, Map.of());
    assertThat(report.puzzles()).isEqualTo(1);
    assertThat(report.last()).isEqualTo(figures(1, 1, 1, 1, 1));
  }
}
