package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * One puzzle as tokens. The arrays are shared, not copied: nobody writes to them.
 *
 * @param tokens [S], the question
 * @param labels [S], the answer; {@link org.trm4j.plan.operation.Loss#IGNORED} where a position
 *     does not count
 * @param puzzleIdentifier row of the puzzle embedding table; 0 if puzzles have no identity of their
 *     own
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // millions of examples: arrays without wrapping
public record Example(int[] tokens, int[] labels, int puzzleIdentifier) {}
