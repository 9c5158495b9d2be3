package org.trm4j.datasets.sudoku;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A depth-first solver that always fills the cell with the fewest candidates. A puzzle's difficulty
 * is the number of cells at which it had to choose among several candidates, counted until all
 * solutions (at most two) are found.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class SudokuSolver {
  private final SudokuUnits units;
  private final long all;
  private final long[] rows;
  private final long[] columns;
  private final long[] boxes;
  private final int[] cells;
  private final @Nullable RandomGenerator random;
  private int solutions;
  private int limit;
  private int guesses;
  private int @Nullable [] first;

  /**
   * Prepares a solver.
   *
   * @param random the order in which candidates are tried; null for ascending
   */
  public SudokuSolver(SudokuShape shape, int[] tokens, @Nullable RandomGenerator random) {
    this.units = SudokuUnits.of(shape);
    this.all = ((1L << shape.size()) - 1) << 2;
    this.rows = new long[shape.size()];
    this.columns = new long[shape.size()];
    this.boxes = new long[shape.size()];
    this.cells = tokens.clone();
    this.random = random;
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > SudokuShape.BLANK) {
        set(cell, cells[cell]);
      }
    }
  }

  /**
   * Returns the number of solutions, at most {@code most}; the givens must not contradict each
   * other.
   */
  public int count(int most) {
    limit = most;
    solutions = 0;
    guesses = 0;
    search();
    return solutions;
  }

  /** Returns the first solution that {@link #count} found. */
  public int @Nullable [] solution() {
    return first;
  }

  /** Returns the difficulty. */
  public int guesses() {
    return guesses;
  }

  private void search() {
    int best = -1;
    int fewest = Integer.MAX_VALUE;
    long candidates = 0;
    for (int cell = 0; cell < cells.length && fewest > 1; cell++) {
      if (cells[cell] <= SudokuShape.BLANK) {
        long free = free(cell);
        int count = Long.bitCount(free);
        if (count < fewest) {
          fewest = count;
          best = cell;
          candidates = free;
        }
      }
    }
    if (best < 0) {
      if (solutions++ == 0) {
        first = cells.clone();
      }
      return;
    }
    if (fewest > 1) {
      guesses++;
    }
    while (candidates != 0 && solutions < limit) {
      int token = pick(candidates, fewest);
      candidates &= ~(1L << token);
      fewest--;
      set(best, token);
      search();
      clear(best, token);
    }
  }

  private int pick(long candidates, int count) {
    long rest = candidates;
    if (random != null) {
      for (int skip = random.nextInt(count); skip > 0; skip--) {
        rest &= rest - 1;
      }
    }
    return Long.numberOfTrailingZeros(rest);
  }

  private long free(int cell) {
    return all & ~(rows[units.row[cell]] | columns[units.column[cell]] | boxes[units.box[cell]]);
  }

  private void set(int cell, int token) {
    cells[cell] = token;
    rows[units.row[cell]] |= 1L << token;
    columns[units.column[cell]] |= 1L << token;
    boxes[units.box[cell]] |= 1L << token;
  }

  private void clear(int cell, int token) {
    cells[cell] = SudokuShape.BLANK;
    rows[units.row[cell]] &= ~(1L << token);
    columns[units.column[cell]] &= ~(1L << token);
    boxes[units.box[cell]] &= ~(1L << token);
  }
}
