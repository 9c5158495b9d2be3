package org.trm4j.datasets.sudoku;

import java.util.Arrays;

/**
 * How much of a puzzle resists single assumptions. Every candidate of every open cell is assumed in
 * turn; one from which cells with one candidate and digits with one place lead to a contradiction
 * goes. The resistance is the number of candidates in open cells that are left then: 0 for a puzzle
 * that is solved so, as nearly all random ones are, and 196 for the median of Sudoku-Extreme.
 * Reusable; not thread-safe.
 */
final class SudokuResistance {
  /** Stands for a resistance that is less than was asked for. */
  static final int LESS = -1;

  private final SudokuSearch search;
  private final int[] now;
  private final int[] assumed;
  private final int[] refuted;

  SudokuResistance(SudokuShape shape) {
    this.search = new SudokuSearch(shape);
    this.now = new int[shape.cells()];
    this.assumed = new int[shape.cells()];
    this.refuted = new int[shape.cells()];
  }

  /**
   * Returns it.
   *
   * @param tokens [S], of a puzzle with exactly one solution
   */
  int of(int[] tokens) {
    return of(tokens, Double.NEGATIVE_INFINITY);
  }

  /**
   * Returns it, or {@link #LESS} where it is less than a bound, which is often known early.
   *
   * @param tokens [S], of a puzzle with exactly one solution
   * @param least the bound
   */
  int of(int[] tokens, double least) {
    if (!search.givens(tokens, now) || !search.fillSinglePlaces(now)) {
      throw new IllegalArgumentException("resistance: the puzzle has no solution");
    }
    if (!refute(least)) {
      return LESS;
    }
    for (int cell = 0; cell < now.length; cell++) {
      for (int rest = refuted[cell]; rest != 0; rest &= rest - 1) {
        search.remove(now, cell, Integer.lowestOneBit(rest));
      }
    }
    search.fillSinglePlaces(now);
    int left = left();
    return left < least ? LESS : left;
  }

  private int left() {
    int left = 0;
    for (int candidates : now) {
      int count = Integer.bitCount(candidates);
      left += count > 1 ? count : 0;
    }
    return left;
  }

  /** Returns whether the bound can still be met. */
  private boolean refute(double least) {
    int most = left();
    if (most < least) {
      return false;
    }
    Arrays.fill(refuted, 0);
    for (int cell = 0; cell < now.length; cell++) {
      if (Integer.bitCount(now[cell]) > 1) {
        for (int rest = now[cell]; rest != 0; rest &= rest - 1) {
          int bit = Integer.lowestOneBit(rest);
          System.arraycopy(now, 0, assumed, 0, now.length);
          if (!search.place(assumed, cell, bit) || !search.fillSinglePlaces(assumed)) {
            refuted[cell] |= bit;
            if (--most < least) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }
}
