package org.trm4j.datasets.arc;

import java.util.Arrays;
import org.apiguardian.api.API;

/** A grid of colours 0 to 9, at most 30x30; equal to another of the same size and colours. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ArcGrid {
  /** Most rows and columns. */
  public static final int LARGEST = 30;

  private final int rows;
  private final int columns;
  private final byte[] cells;

  /** Takes the array, which must not change afterwards. */
  public ArcGrid(int rows, int columns, byte[] cells) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  /** Returns a grid of rows of colours, all of one length. */
  public static ArcGrid of(int[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    byte[] cells = new byte[rows.length * columns];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns; c++) {
        cells[r * columns + c] = (byte) rows[r][c];
      }
    }
    return new ArcGrid(rows.length, columns, cells);
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns;
  }

  /** Returns the colour of a cell. */
  public int colour(int row, int column) {
    return cells[row * columns + column];
  }

  public byte[] cells() {
    return cells;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArcGrid grid
        && grid.rows == rows
        && grid.columns == columns
        && Arrays.equals(grid.cells, cells);
  }

  @Override
  public int hashCode() {
    return (31 * rows + columns) * 31 + Arrays.hashCode(cells);
  }

  /** Returns the rows as digits, with a slash between them. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(cells.length + rows);
    for (int cell = 0; cell < cells.length; cell++) {
      if (cell > 0 && cell % columns == 0) {
        out.append('/');
      }
      out.append((char) ('0' + cells[cell]));
    }
    return out.toString();
  }
}
