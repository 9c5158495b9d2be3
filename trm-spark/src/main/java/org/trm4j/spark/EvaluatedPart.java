package org.trm4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.Evaluation;

/**
 * What a task sends on: either its sums, or one prediction that the data set's own evaluator needs.
 * A plain class: not every serializer knows records.
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
