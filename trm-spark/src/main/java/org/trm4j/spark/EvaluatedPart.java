package org.trm4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.Evaluation;

/**
 * A part of an evaluation: a task's sums, or one prediction for the data set's own evaluator. A
 * plain class, because not every serializer supports records.
 */
final class EvaluatedPart implements Serializable {
  private static final long serialVersionUID = 1L;

  final Evaluation.@Nullable Tally tally;
  final int index;
  final int[] tokens;
  final float haltLogit;

  private EvaluatedPart(
      Evaluation.@Nullable Tally tally, int index, int[] tokens, float haltLogit) {
    this.tally = tally;
    this.index = index;
    this.tokens = tokens;
    this.haltLogit = haltLogit;
  }

  static EvaluatedPart of(Evaluation.Tally tally) {
    return new EvaluatedPart(tally, 0, new int[0], 0);
  }

  static EvaluatedPart of(int index, int[] tokens, float haltLogit) {
    return new EvaluatedPart(null, index, tokens, haltLogit);
  }
}
