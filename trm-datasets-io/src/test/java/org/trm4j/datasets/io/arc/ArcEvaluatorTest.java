package org.trm4j.datasets.io.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
            return ArcTokens.encode(QUESTION, 0, 0);
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
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 0.5);
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
        .containsEntry("ARC/pass@2", 0.5);
    vote(evaluator, 3, RIGHT, -2);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 0.5);
  }

  @Test
  void ofEqualVotesTheFirstExampleWinsWheneverItArrived() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 8, WRONG, 1);
    vote(evaluator, 7, RIGHT, 1);
    assertThat(evaluator.report()).containsEntry("ARC/pass@1", 0.5);
  }

  @Test
  void onlyTestsWithPredictionsAreSubmitted() {
    ArcEvaluator evaluator = evaluator(TASK);
    vote(evaluator, 0, RIGHT, 0);
    evaluator.write(folder);
    assertThat(folder.resolve("submission.json"))
        .hasContent("{\"t\": [{\"attempt_1\": [[3]], \"attempt_2\": [[3]]}]}");
  }

  @Test
  void withoutPredictionsNothingPasses() {
    ArcEvaluator evaluator = evaluator(TASK);
    assertThat(evaluator.report())
        .hasSize(6)
        .allSatisfy((name, value) -> assertThat(value).isZero());
    evaluator.write(folder);
    assertThat(folder.resolve("submission.json")).hasContent("{\"t\": []}");
  }
}
