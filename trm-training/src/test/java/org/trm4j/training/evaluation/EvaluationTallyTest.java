package org.trm4j.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.plan.operation.Loss;

class EvaluationTallyTest {
  private static final int[] QUESTION = {0, 0};

  private static Answer answer(Draft... drafts) {
    Draft last = drafts[drafts.length - 1];
    return new Answer(
        QUESTION,
        last.tokens(),
        "",
        "",
        Verification.UNVERIFIABLE,
        last.haltLogit(),
        drafts.length,
        Arrays.asList(drafts),
        0,
        drafts.length + 2,
        Answer.Ending.STEP_LIMIT);
  }

  @Test
  void aPuzzleThatStoppedKeepsItsAnswer() {
    Evaluation.Tally tally = new Evaluation.Tally(4);
    Example example = new Example(QUESTION, new int[] {1, 2}, 0);
    tally.add(answer(new Draft(1, new int[] {1, 2}, 2)), example);
    tally.add(
        answer(
            new Draft(1, new int[] {1, 1}, 2),
            new Draft(2, new int[] {2, 1}, -1),
            new Draft(3, new int[] {1, 2}, -1)),
        example);
    EvaluationReport report = tally.report(2, Map.of("pass@2", 0.5));
    assertThat(report.puzzles()).isEqualTo(2);
    assertThat(report.steps())
        .containsExactly(
            new EvaluationReport.Step(1, 0.75, 0.5, 0.5, 1),
            new EvaluationReport.Step(2, 0.5, 0.5, 1, 0.5),
            new EvaluationReport.Step(3, 1, 1, 0.5, 0.5));
    assertThat(report.exactAccuracy()).isEqualTo(1);
    assertThat(report.meanSteps()).isEqualTo(2);
    assertThat(report.meanTotalSteps()).isEqualTo(4);
    assertThat(report.puzzlesPerSecond()).isEqualTo(1);
    assertThat(report.extra()).containsEntry("pass@2", 0.5);
  }

  @Test
  void positionsAndPuzzlesWithoutLabelsDoNotCount() {
    Evaluation.Tally tally = new Evaluation.Tally(1);
    Answer answer = answer(new Draft(1, new int[] {1, 9}, 0));
    tally.add(answer, new Example(QUESTION, new int[] {Loss.IGNORED, Loss.IGNORED}, 0));
    assertThatThrownBy(() -> tally.report(1, Map.of())).hasMessageContaining("has labels");
    tally.add(answer, new Example(QUESTION, new int[] {1, Loss.IGNORED}, 0));
    EvaluationReport report = tally.report(1, Map.of());
    assertThat(report.puzzles()).isEqualTo(1);
    assertThat(report.last()).isEqualTo(new EvaluationReport.Step(1, 1, 1, 1, 1));
  }
}
