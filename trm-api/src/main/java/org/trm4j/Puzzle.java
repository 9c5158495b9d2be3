package org.trm4j;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * A question as tokens. Immutable: the tokens are copied, and equality is by content.
 *
 * @param tokens [S]
 * @param puzzleIdentifier row of the puzzle embedding table; 0 if puzzles have no identity of their
 *     own
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Puzzle(int[] tokens, int puzzleIdentifier) {
  /** Copies the tokens, so that the caller may reuse the array. */
  public Puzzle {
    tokens = tokens.clone();
  }

  /** Returns a copy of the tokens. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Puzzle other
        && puzzleIdentifier == other.puzzleIdentifier
        && Arrays.equals(tokens, other.tokens);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + puzzleIdentifier;
  }

  @Override
  public String toString() {
    return "Puzzle[tokens=%s, puzzleIdentifier=%s]"
        .formatted(Arrays.toString(tokens), puzzleIdentifier);
  }
}
