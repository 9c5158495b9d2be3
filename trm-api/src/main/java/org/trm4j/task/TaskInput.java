package org.trm4j.task;

import org.apiguardian.api.API;

/** What a model reads of a puzzle. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public sealed interface TaskInput {
  /** One token for each cell, and the puzzle's own embedding where the configuration has one. */
  record Tokens() implements TaskInput {}

  /**
   * A set of tokens for each cell: a cell embeds as the sum of its tokens' vectors and a bias. A
   * transition feeds it as the input {@link TaskProgram#SETS}, [S, values], 1 for a token that is
   * in the set and 0 for one that is not. The rows before the cells are learned vectors.
   *
   * @param values tokens that a set may hold, the first of the vocabulary; at least 2
   */
  record TokenSets(int values) implements TaskInput {}
}
