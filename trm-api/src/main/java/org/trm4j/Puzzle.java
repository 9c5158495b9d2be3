package org.trm4j;

import org.apiguardian.api.API;

/**
 * A question as tokens.
 *
 * @param tokens [S]
 * @param puzzleIdentifier row of the puzzle embedding table; 0 where puzzles have no identity of
 *     their own
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
public record Puzzle(int[] tokens, int puzzleIdentifier) {}
