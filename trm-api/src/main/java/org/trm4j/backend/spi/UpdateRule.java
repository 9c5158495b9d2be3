package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/**
 * One application of the optimizers.
 *
 * <p>Trained parameters, AdamATan2 (arXiv 2407.05872): {@code p *= 1 - lr * weightDecay; m = b1 m +
 * (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= lr / (1 - b1^t) * atan2(m, sqrt(v) / sqrt(1 - b2^t))}.
 * Puzzle embedding rows, sign-SGD over the batch's distinct identifiers: {@code p = p (1 - lr *
 * weightDecay) - lr * sign(sum of the row's gradients)}. Then for trained parameters {@code average
 * = decay * average + (1 - decay) * p}; averages start at the initial parameters.
 *
 * @param step t, 1 for the first update
 * @param learningRate lr of trained parameters
 * @param weightDecay of trained parameters
 * @param beta1 b1
 * @param beta2 b2
 * @param puzzleLearningRate lr of puzzle embedding rows
 * @param puzzleWeightDecay of puzzle embedding rows
 * @param averageDecay decay of the exponential moving average
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record UpdateRule(
    long step,
    double learningRate,
    double weightDecay,
    double beta1,
    double beta2,
    double puzzleLearningRate,
    double puzzleWeightDecay,
    double averageDecay) {}
