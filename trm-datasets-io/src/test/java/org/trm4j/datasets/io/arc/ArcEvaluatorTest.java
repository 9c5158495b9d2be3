package org.trm4j.datasets.io.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTokens;

/** Cases that made-up predictions do not reach. */
class ArcEvaluatorTest {
  private static final ArcGrid QUESTION = ArcGrid.of(new int[] {1});
  private static final ArcGrid OTHER = ArcGrid.of(new int[] {2});
  private static final ArcGrid RIGHT = ArcGrid.of(new int[] {3});
  private static final ArcGrid WRONG = ArcGrid.of(new int[] {4});

  @TempDir private Path folder;

  private static final ArcTask TASK =
      new ArcTask(
          "t",
          List.of(new ArcPair(QUESTION, RIGHT)),
          List.of(new ArcPair(QUESTION, RIGHT), new ArcPair(OTHER, RIGHT)),
          false);

  private static ArcEvaluator evaluator(ArcTask... tasks) {
    return new ArcEvaluator(
        new ArcExamples() {
          @Override
          public String name(int index) {
            return "t";
          }

          @Override
          public int[] input(int index) {
            return ArcTokens.encode(index < 100 ? QUESTION : OTHER, 0, 0);
          }
        },
        List.of(tasks));
  }

  private static void vote(ArcEvaluator evaluator, int index, ArcGrid answer, float logit) {
    evaluator.accept(index, ArcTokens.encode(answer, 0, 0), logit);
  }

  @Test
  void aTaskCountsTheShareOfItsTests() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 0, RIGHT, 0);
    vote(evaluator, 100, WRONG, 0);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 0.5);
  }

  /** As where only the first puzzles of a split are evaluated. */
  @Test
  void whatWasLeftOutIsNotWrong() {
    ArcTask other = new ArcTask("u", TASK.train(), TASK.test(), false);
    ArcEvaluator evaluator = evaluator(TASK, other);
    vote(evaluator, 0, RIGHT, 0);
    assertThat(evaluator.report())
        .containsEntry("ARC/pass@1", 1.0)
        .containsEntry("ARC/tasks left out", 1.0);
    assertThatThrownBy(() -> evaluator.write(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("3 of 4 test grids have no prediction")
        .hasMessageContaining("evaluate all puzzles for a submission");
    assertThat(folder.resolve("submission.json")).doesNotExist();
  }

  /** NaN would sort before every number. */
  @Test
  void aConfidenceThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> vote(evaluator(TASK), 3, RIGHT, Float.NaN))
        .hasMessage("arc: the confidence of example 3 is NaN, expected a number");
  }

  @Test
  void aStandInForASolutionIsNeverScored() {
    ArcTask half =
        new ArcTask(
            "t",
            List.of(new ArcPair(QUESTION, RIGHT)),
            List.of(new ArcPair(QUESTION, RIGHT), new ArcPair(OTHER, ArcPair.UNKNOWN)),
            false);
    ArcEvaluator evaluator = evaluator(half);
    vote(evaluator, 0, RIGHT, 0);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 1.0);
  }

  @Test
  void countGoesBeforeConfidenceAndConfidenceBeforeOrder() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 2, WRONG, -3);
    vote(evaluator, 1, WRONG, -3);
    vote(evaluator, 0, RIGHT, 9);
    assertThat(evaluator.report())
        .containsEntry("ARC/pass@1", 0.0)
        .containsEntry("ARC/pass@2", 1.0);
    vote(evaluator, 3, RIGHT, -2);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 1.0);
  }

  @Test
  void ofEqualVotesTheFirstExampleWinsWheneverItArrived() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 8, WRONG, 1);
    vote(evaluator, 7, RIGHT, 1);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 1.0);
  }

  @Test
  void everyTestIsSubmitted() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 0, RIGHT, 0);
    vote(evaluator, 100, WRONG, 0);
    evaluator.write(folder);
    assertThat(folder.resolve("submission.json"))
        .hasContent(
            "{\"t\": [{\"attempt_1\": [[3]], \"attempt_2\": [[3]]}, {\"attempt_1\": [[4]], \"attempt_2\": [[4]]}]}");
  }

  @Test
  void withoutPredictionsNothingIsSaid() {
    assertThat(evaluator(TASK).report()).containsOnlyKeys("ARC/tasks left out");
  }
}
