package org.trm4j.training.evaluation;

import org.apiguardian.api.API;

/**
 * Means over all puzzles of an evaluation after a supervision step; a puzzle that had stopped keeps
 * its answer.
 *
 * @param step 1 for the first
 * @param tokenAccuracy mean share of a puzzle's labels that the answer equals
 * @param exactAccuracy share of puzzles that are right as a whole
 * @param haltingAccuracy share of puzzles whose halting head (q_halt &gt;= 0) says whether they are
 *     right
 * @param running share of puzzles that took this step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record StepFigures(
    int step, double tokenAccuracy, double exactAccuracy, double haltingAccuracy, double running) {}
