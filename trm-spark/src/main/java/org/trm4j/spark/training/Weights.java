package org.trm4j.spark.training;

import java.io.Serializable;
import org.trm4j.backend.spi.UpdateRule;

/**
 * What the driver's last update has changed, as it is broadcast: the trained parameters as they
 * are, and of the puzzle embedding the gradients of the rows, which executors apply themselves, so
 * that a large table never travels.
 */
final class Weights implements Serializable {
  private static final long serialVersionUID = 1L;

  final float[] trained;
  final int[] identifiers;
  final float[] rowGradients;
  private final double[] rule;
  private final long step;

  /**
   * Exact training: the whole puzzle embedding, for shards that are made anew. Local steps: the
   * moments that shards begin with. Else empty.
   */
  final float[] more;

  /** What training does not change, for shards that are made anew; else empty. */
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
