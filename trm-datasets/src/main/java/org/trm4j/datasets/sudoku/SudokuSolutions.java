package org.trm4j.datasets.sudoku;

import org.apiguardian.api.API;

/**
 * Counts the solutions of puzzles of one shape, with a bound, so that no puzzle takes forever.
 * Reusable for many puzzles; not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class SudokuSolutions {
  /** The result of {@link #count} if the bound was met first. */
  public static final int UNKNOWN = -1;

  /** The number of trials after which a puzzle of a file is abandoned: a few seconds. */
  public static final long BOUND = 200_000;

  private final SudokuSearch search;

  /** Creates a counter. */
  public SudokuSolutions(SudokuShape shape) {
    this.search = new SudokuSearch(shape);
  }

  /**
   * Returns the number of solutions.
   *
   * @param tokens [S]
   * @param most at which counting ends
   * @param bound on the cells in which a digit is tried
   */
  public int count(int[] tokens, int most, long bound) {
    return search.count(tokens, most, bound);
  }

  /** Returns the solution that was found first; there must have been one. */
  public int[] first() {
    return search.first();
  }
}
