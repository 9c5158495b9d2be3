package org.trm4j.pretrained;

import org.apiguardian.api.API;

/**
 * How many puzzles a model solved when it was packed. One try for each puzzle, 16 supervision steps
 * at most, stopped as soon as the answer verifies.
 *
 * @param id names the result among those of a model, such as {@code verify}
 * @param data generated puzzles as {@code Datasets.open} takes them, of which the split {@code
 *     test} counts
 * @param puzzles how many there are, at least 1
 * @param solved how many verified answers were given
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RecordedResult(String id, String data, int puzzles, int solved) {
  /** Checks the numbers. */
  public RecordedResult {
    if (puzzles < 1 || solved < 0 || solved > puzzles) {
      throw new IllegalArgumentException(
          "result %s: %s of %s puzzles solved, expected 0 to as many as there are, at least 1"
              .formatted(id, solved, puzzles));
    }
  }

  /** Returns the share of puzzles that were solved. */
  public double accuracy() {
    return (double) solved / puzzles;
  }
}
