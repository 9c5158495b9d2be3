package org.trm4j.datasets.sudoku;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A fast search for solutions: a set of candidates per cell, one bit per digit; cells with one
 * candidate and digits with one place in a unit are filled before anything is tried. Reusable for
 * many puzzles; not thread-safe.
 */
final class SudokuSearch {
  private final SudokuUnits units;
  private final int all;
  private final int[][] candidates;
  private final int[] first;
  private final int[] last;
  private int most;
  private int found;
  private long trialsLeft;

  SudokuSearch(SudokuShape shape) {
    this.units = SudokuUnits.of(shape);
    this.all = (1 << shape.size()) - 1;
    this.candidates = new int[shape.cells() + 1][shape.cells()];
    this.first = new int[shape.cells()];
    this.last = new int[shape.cells()];
  }

  /**
   * Returns whether a puzzle has a solution in which one cell does not hold one token.
   *
   * @param tokens [S]; the cell itself must be blank
   */
  boolean solvableWithout(int[] tokens, int cell, int token) {
    start(1, Long.MAX_VALUE);
    return givens(tokens, candidates[0]) && remove(candidates[0], cell, bit(token)) && search(0);
  }

  /**
   * Takes givens away, in random order, as long as the solution stays the only one.
   *
   * @param puzzle [S], with exactly one solution
   * @param givens that are left at least
   */
  void thin(int[] puzzle, int[] solution, int givens, RandomGenerator random) {
    int left = 0;
    for (int token : puzzle) {
      left += token > SudokuShape.BLANK ? 1 : 0;
    }
    for (int cell : SudokuSymmetries.permutation(puzzle.length, random)) {
      if (left <= givens) {
        return;
      }
      if (puzzle[cell] > SudokuShape.BLANK) {
        puzzle[cell] = SudokuShape.BLANK;
        if (solvableWithout(puzzle, cell, solution[cell])) {
          puzzle[cell] = solution[cell];
        } else {
          left--;
        }
      }
    }
  }

  /**
   * Returns the number of solutions, at most {@code most}, or {@link SudokuSolutions#UNKNOWN} where
   * a digit was tried in {@code bound} cells before that was known.
   */
  int count(int[] tokens, int most, long bound) {
    start(most, bound);
    if (givens(tokens, candidates[0])) {
      search(0);
    }
    return trialsLeft < 0 && found < most ? SudokuSolutions.UNKNOWN : found;
  }

  /** Returns the tokens of the solution that was found first. */
  int[] first() {
    return first.clone();
  }

  /**
   * Returns a solution that differs from a known one, or null where the known one is the only one.
   *
   * @param tokens [S]
   * @param solution [S], of the same puzzle
   */
  int @Nullable [] other(int[] tokens, int[] solution) {
    if (count(tokens, 2, Long.MAX_VALUE) < 2) {
      return null;
    }
    return (Arrays.equals(first, solution) ? last : first).clone();
  }

  private void start(int most, long bound) {
    this.most = most;
    this.found = 0;
    this.trialsLeft = bound;
  }

  /** Writes the candidates that the givens leave; returns whether every cell has some. */
  boolean givens(int[] tokens, int[] now) {
    Arrays.fill(now, all);
    for (int i = 0; i < now.length; i++) {
      if (tokens[i] > SudokuShape.BLANK && !given(now, i, bit(tokens[i]))) {
        return false;
      }
    }
    return true;
  }

  private static int bit(int token) {
    return 1 << token - 2;
  }

  /** Returns whether to look no further: enough solutions were found, or the bound was met. */
  private boolean search(int depth) {
    int[] now = candidates[depth];
    if (!fillSinglePlaces(now)) {
      return false;
    }
    int best = -1;
    int fewest = Integer.MAX_VALUE;
    for (int cell = 0; cell < now.length && fewest > 2; cell++) {
      int count = Integer.bitCount(now[cell]);
      if (count > 1 && count < fewest) {
        fewest = count;
        best = cell;
      }
    }
    if (best < 0) {
      int[] solution = found++ == 0 ? first : last;
      for (int cell = 0; cell < now.length; cell++) {
        solution[cell] = Integer.numberOfTrailingZeros(now[cell]) + 2;
      }
      return found >= most;
    }
    if (--trialsLeft < 0) {
      return true;
    }
    int[] next = candidates[depth + 1];
    for (int rest = now[best]; rest != 0; rest &= rest - 1) {
      System.arraycopy(now, 0, next, 0, now.length);
      if (place(next, best, Integer.lowestOneBit(rest)) && search(depth + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Fills digits that have one place in a unit, until none is left. */
  boolean fillSinglePlaces(int[] now) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int[] unit : units.units) {
        int once = 0;
        int twice = 0;
        for (int cell : unit) {
          twice |= once & now[cell];
          once |= now[cell];
        }
        if (once != all) {
          return false;
        }
        int single = once & ~twice;
        for (int i = 0; single != 0 && i < unit.length; i++) {
          int only = now[unit[i]] & single;
          if (only != 0) {
            single &= ~only;
            if (Integer.bitCount(only) > 1) {
              return false;
            }
            if (now[unit[i]] != only) {
              if (!place(now, unit[i], only)) {
                return false;
              }
              changed = true;
            }
          }
        }
      }
    }
    return true;
  }

  private boolean given(int[] now, int cell, int bit) {
    if ((now[cell] & bit) == 0) {
      return false;
    }
    // A cell with one candidate was placed when it came to that.
    return now[cell] == bit || place(now, cell, bit);
  }

  boolean place(int[] now, int cell, int bit) {
    now[cell] = bit;
    for (int peer : units.peers[cell]) {
      if ((now[peer] & bit) != 0 && !remove(now, peer, bit)) {
        return false;
      }
    }
    return true;
  }

  boolean remove(int[] now, int cell, int bit) {
    int left = now[cell] & ~bit;
    if (left == now[cell]) {
      return true;
    }
    now[cell] = left;
    return left != 0 && (Integer.bitCount(left) > 1 || place(now, cell, left));
  }
}
