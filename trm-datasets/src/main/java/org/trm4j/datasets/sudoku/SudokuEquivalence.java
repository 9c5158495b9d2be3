package org.trm4j.datasets.sudoku;

import java.util.Arrays;

/**
 * Searches for a symmetry that turns one puzzle into another: first an order of the rows, then of
 * the columns with the digits' names. Each attempt ends at the first line that does not fit.
 */
final class SudokuEquivalence {
  private final SudokuShape shape;
  private final int[] one;
  private int[] other;
  private final int size;
  private final int[] rows;
  private final int[] columns;
  private final int[] names;
  private final int[] nameOf;

  SudokuEquivalence(SudokuShape shape, int[] one, int[] other) {
    this.shape = shape;
    this.one = one;
    this.other = other;
    this.size = shape.size();
    this.rows = new int[size];
    this.columns = new int[size];
    this.names = new int[shape.vocabSize()];
    this.nameOf = new int[shape.vocabSize()];
  }

  /** Returns whether there is one. */
  boolean found() {
    if (row(0, 0)) {
      return true;
    }
    if (!shape.transposable()) {
      return false;
    }
    int[] transposed = new int[other.length];
    for (int cell = 0; cell < transposed.length; cell++) {
      transposed[cell] = other[shape.column(cell) * size + shape.row(cell)];
    }
    other = transposed;
    return row(0, 0);
  }

  private boolean row(int at, int used) {
    if (at == size) {
      Arrays.fill(names, 0);
      Arrays.fill(nameOf, 0);
      return column(0, 0);
    }
    for (int row = 0; row < size; row++) {
      if (free(row, at, rows, used, shape.boxRows()) && profile(one, at) == profile(other, row)) {
        rows[at] = row;
        if (row(at + 1, used | 1 << row)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean column(int at, int used) {
    if (at == size) {
      return true;
    }
    for (int column = 0; column < size; column++) {
      if (free(column, at, columns, used, shape.boxColumns())) {
        columns[at] = column;
        int[] names = this.names.clone();
        int[] nameOf = this.nameOf.clone();
        if (fits(at, column) && column(at + 1, used | 1 << column)) {
          return true;
        }
        System.arraycopy(names, 0, this.names, 0, names.length);
        System.arraycopy(nameOf, 0, this.nameOf, 0, nameOf.length);
      }
    }
    return false;
  }

  /**
   * Returns whether a line may come at a place: in the group of the lines before it, or a new one.
   */
  private static boolean free(int line, int at, int[] order, int used, int group) {
    if ((used & 1 << line) != 0) {
      return false;
    }
    boolean begun = at % group != 0;
    return begun
        ? line / group == order[at - 1] / group
        : (used & ((1 << group) - 1) << (line / group * group)) == 0;
  }

  /** Returns how many givens a row has in its fullest, second fullest, ... box. */
  private long profile(int[] tokens, int row) {
    int[] counts = new int[size / shape.boxColumns()];
    for (int column = 0; column < size; column++) {
      counts[column / shape.boxColumns()] +=
          tokens[row * size + column] > SudokuShape.BLANK ? 1 : 0;
    }
    Arrays.sort(counts);
    long profile = 0;
    for (int count : counts) {
      profile = profile * (size + 1) + count;
    }
    return profile;
  }

  private boolean fits(int at, int column) {
    for (int row = 0; row < size; row++) {
      int mine = one[row * size + at];
      int its = other[rows[row] * size + column];
      if (mine <= SudokuShape.BLANK || its <= SudokuShape.BLANK) {
        if (mine > SudokuShape.BLANK || its > SudokuShape.BLANK) {
          return false;
        }
      } else if (names[mine] == 0 && nameOf[its] == 0) {
        names[mine] = its;
        nameOf[its] = mine;
      } else if (names[mine] != its) {
        return false;
      }
    }
    return true;
  }
}
