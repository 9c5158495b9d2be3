package org.trm4j.training.parity;

import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/** The constant settings of the optimizers of a golden case. */
record GoldenOptimizer(
    double lr,
    double weightDecay,
    double beta1,
    double beta2,
    double puzzleEmbLr,
    double puzzleEmbWeightDecay,
    double ema) {

  UpdateRule rule(long step) {
    return new UpdateRule(
        step, lr, weightDecay, beta1, beta2, puzzleEmbLr, puzzleEmbWeightDecay, ema);
  }
}
