package org.trm4j.training.ablation;

import org.apiguardian.api.API;

/**
 * One training run of an ablation.
 *
 * @param policy title of the contender
 * @param seed of the run
 * @param steps training steps
 * @param exactAccuracy on the evaluation split after all supervision steps
 * @param tokenAccuracy on the evaluation split
 * @param puzzlesPerSecond sequences of training a second
 * @param seconds of training
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record AblationRun(
    String policy,
    long seed,
    long steps,
    double exactAccuracy,
    double tokenAccuracy,
    double puzzlesPerSecond,
    double seconds) {}
