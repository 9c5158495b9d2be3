package org.trm4j.datasets.io.sudoku;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one grid as they come. A line of dashes alone is a row of open cells or a border; the
 * other rows say which: dashes stand among their digits, or another symbol is open.
 */
final class SudokuGrid {
  /** A row, and whether it may be a border. */
  private record Row(String cells, boolean doubtful) {}

  private final List<Row> rows = new ArrayList<>();
  private long line;
  private int width;
  private @Nullable Boolean dashesAreCells;

  /** Returns whether no row has come that is a row for certain. */
  boolean isEmpty() {
    return rows.stream().allMatch(Row::doubtful);
  }

  /** Returns the line of the first row. */
  long line() {
    return line;
  }

  /** Returns the cells of a row. */
  int width() {
    return width;
  }

  /** Takes a row; its width must be {@link #width()} unless the grid is empty. */
  void add(long number, String cells) {
    if (isEmpty() && cells.length() != width) {
      clear();
    }
    begin(number, cells.length());
    rows.add(new Row(cells, false));
    if (cells.indexOf('-') >= 0) {
      dashesAreCells = true;
    } else if (dashesAreCells == null && cells.matches(".*[._*0].*")) {
      dashesAreCells = false;
      dropDoubtful();
    }
  }

  /** Takes a line of dashes alone. */
  void addDashes(long number, int count) {
    if (Boolean.FALSE.equals(dashesAreCells) || !isEmpty() && count != width) {
      return;
    }
    if (isEmpty() && count != width) {
      clear();
    }
    begin(number, count);
    rows.add(new Row("-".repeat(count), true));
  }

  private void begin(long number, int cells) {
    if (rows.isEmpty()) {
      line = number;
      width = cells;
    }
  }

  /** Returns whether all rows are there, whatever comes. */
  boolean complete() {
    if (isEmpty()) {
      return false;
    }
    return dashesAreCells == null ? certain() == width : rows.size() == width;
  }

  private long certain() {
    return rows.stream().filter(row -> !row.doubtful()).count();
  }

  private void dropDoubtful() {
    rows.removeIf(Row::doubtful);
  }

  /** Returns the cells at the end of a grid; null if rows are missing or too many. */
  @Nullable String take() {
    if (rows.size() != width && certain() == width) {
      dropDoubtful();
    }
    StringBuilder cells = new StringBuilder();
    rows.forEach(row -> cells.append(row.cells()));
    return rows.size() == width ? cells.toString() : null;
  }

  /** Returns how many rows there are. */
  int size() {
    return rows.size();
  }

  /** Forgets the rows. */
  void clear() {
    rows.clear();
    width = 0;
    dashesAreCells = null;
  }
}
