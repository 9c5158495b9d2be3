package org.trm4j;

import org.apiguardian.api.API;

/**
 * The draft answer after one supervision step.
 *
 * @param step 1 for the first
 * @param tokens [S], the arg-max of each position
 * @param confidence sigmoid(q_halt): how sure the halting head is that the whole answer is right
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
public record Draft(int step, int[] tokens, double confidence) {}
