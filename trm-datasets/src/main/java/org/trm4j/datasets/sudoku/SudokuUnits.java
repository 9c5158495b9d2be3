package org.trm4j.datasets.sudoku;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows, columns and boxes of one size as tables. Made once per size. */
final class SudokuUnits {
  private static final Map<SudokuShape, SudokuUnits> BY_SHAPE = new ConcurrentHashMap<>();

  /** The row, column and box of a cell. */
  final int[] row;

  final int[] column;
  final int[] box;

  /** The cells of a unit: rows first, then columns, then boxes. */
  final int[][] units;

  /** The other cells of a cell's units. */
  final int[][] peers;

  private SudokuUnits(SudokuShape shape) {
    int size = shape.size();
    int cells = shape.cells();
    row = new int[cells];
    column = new int[cells];
    box = new int[cells];
    units = new int[3 * size][size];
    peers = new int[cells][];
    int[] filled = new int[3 * size];
    for (int cell = 0; cell < cells; cell++) {
      row[cell] = shape.row(cell);
      column[cell] = shape.column(cell);
      box[cell] = shape.box(cell);
      for (int unit : new int[] {row[cell], size + column[cell], 2 * size + box[cell]}) {
        units[unit][filled[unit]++] = cell;
      }
    }
    for (int cell = 0; cell < cells; cell++) {
      int[] found = new int[cells];
      int count = 0;
      for (int other = 0; other < cells; other++) {
        if (other != cell
            && (row[other] == row[cell]
                || column[other] == column[cell]
                || box[other] == box[cell])) {
          found[count++] = other;
        }
      }
      peers[cell] = Arrays.copyOf(found, count);
    }
  }

  static SudokuUnits of(SudokuShape shape) {
    return BY_SHAPE.computeIfAbsent(shape, SudokuUnits::new);
  }
}
