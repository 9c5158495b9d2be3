package org.trm4j.training.metrics;

import org.apiguardian.api.API;

/**
 * Means over sequences at the step at which they halted.
 *
 * @param count sequences with labels that halted, at least 1
 * @param tokenAccuracy share of labels that the arg-max equals
 * @param exactAccuracy share of sequences that are right as a whole
 * @param haltingAccuracy share of sequences whose halting head (q_halt &gt;= 0) says whether they
 *     are right
 * @param meanSteps supervision steps
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record HaltedFigures(
    long count,
    double tokenAccuracy,
    double exactAccuracy,
    double haltingAccuracy,
    double meanSteps) {}
