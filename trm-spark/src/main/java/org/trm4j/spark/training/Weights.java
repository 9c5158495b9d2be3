package org.trm4j.spark.training;

import java.io.Serializable;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/**
 * The changes of the driver's last update, for the broadcast: the trained parameters, and the
 * gradients of puzzle embedding rows, which executors apply themselves, so that a large table is
 * never sent.
 */
final class Weights implements Serializable {
  private static final long serialVersionUID = 1L;

  final float[] trained;
  final int[] identifiers;
  final float[] rowGradients;
  private final double[] rule;
  private final long step;

  /**
   * Exact training: the whole puzzle embedding, for rebuilt shards. Local steps: the moments that
   * shards begin with. Otherwise empty.
   */
  final float[] more;

  /** Values that training does not change, for rebuilt shards; otherwise empty. */
  final float[] constants;

  Weights(
      float[] trained,
      int[] identifiers,
      float[] rowGradients,
      UpdateRule rule,
      float[] more,
      float[] constants) {
    this.trained = trained;
    this.identifiers = identifiers;
    this.rowGradients = rowGradients;
    this.step = rule.step();
    this.rule = new double[] {rule.puzzleLearningRate(), rule.puzzleWeightDecay()};
    this.more = more;
    this.constants = constants;
  }

  /** Returns the rule that leaves trained parameters as they are. */
  UpdateRule rowsOnly() {
    return new UpdateRule(step, 0, 0, 0, 0, rule[0], rule[1], 0);
  }
}
