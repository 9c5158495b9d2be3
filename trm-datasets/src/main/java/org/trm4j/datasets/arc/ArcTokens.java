package org.trm4j.datasets.arc;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Converts a grid to a sequence of 900 tokens, row by row of 30: 0 pads, 1 ends the grid (below its
 * last row and right of its last column, where there is room), colour c is c + 2.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ArcTokens {
  /** S. */
  public static final int SEQ_LEN = ArcGrid.LARGEST * ArcGrid.LARGEST;

  /** V. */
  public static final int VOCABULARY = 12;

  public static final int PAD = 0;
  public static final int END = 1;
  public static final int FIRST_COLOUR = 2;

  private ArcTokens() {}

  /** Writes a grid whose first cell stands at a row and column. */
  public static void encode(ArcGrid grid, int row, int column, byte[] tokens) {
    Arrays.fill(tokens, (byte) PAD);
    byte[] cells = grid.cells();
    int columns = grid.columns();
    int endColumn = column + columns;
    int at = 0;
    for (int r = row; r < row + grid.rows(); r++) {
      int start = r * ArcGrid.LARGEST;
      for (int c = column; c < endColumn; c++) {
        tokens[start + c] = (byte) (cells[at++] + FIRST_COLOUR);
      }
      if (endColumn < ArcGrid.LARGEST) {
        tokens[start + endColumn] = END;
      }
    }
    if (row + grid.rows() < ArcGrid.LARGEST) {
      int start = (row + grid.rows()) * ArcGrid.LARGEST;
      Arrays.fill(tokens, start + column, start + endColumn, (byte) END);
    }
  }

  /** Returns a grid's tokens. */
  public static int[] encode(ArcGrid grid, int row, int column) {
    byte[] bytes = new byte[SEQ_LEN];
    encode(grid, row, column, bytes);
    int[] tokens = new int[SEQ_LEN];
    for (int i = 0; i < SEQ_LEN; i++) {
      tokens[i] = bytes[i];
    }
    return tokens;
  }

  /**
   * Returns the largest rectangle of colours that starts at the first cell, as the published
   * evaluator reads predictions; of several the one with the fewest rows. It may be empty.
   */
  public static ArcGrid crop(int[] tokens) {
    int width = ArcGrid.LARGEST;
    int best = 0;
    int rows = 0;
    int columns = 0;
    for (int row = 1; row <= ArcGrid.LARGEST; row++) {
      for (int column = 0; column < width; column++) {
        int token = tokens[(row - 1) * ArcGrid.LARGEST + column];
        if (token < FIRST_COLOUR || token >= VOCABULARY) {
          width = column;
        }
      }
      if (row * width > best) {
        best = row * width;
        rows = row;
        columns = width;
      }
    }
    return cut(tokens, 0, 0, rows, columns);
  }

  /** Returns the first row and column that hold a colour, as row x 30 + column, or -1. */
  public static int origin(int[] tokens) {
    for (int i = 0; i < SEQ_LEN; i++) {
      if (tokens[i] >= FIRST_COLOUR && tokens[i] < VOCABULARY) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the grid whose first cell stands at {@code origin}; it ends where no colour follows.
   */
  public static ArcGrid at(int[] tokens, int origin) {
    int row = origin / ArcGrid.LARGEST;
    int column = origin % ArcGrid.LARGEST;
    int columns = 0;
    while (column + columns < ArcGrid.LARGEST
        && tokens[row * ArcGrid.LARGEST + column + columns] >= FIRST_COLOUR) {
      columns++;
    }
    int rows = 0;
    while (row + rows < ArcGrid.LARGEST
        && tokens[(row + rows) * ArcGrid.LARGEST + column] >= FIRST_COLOUR) {
      rows++;
    }
    return cut(tokens, row, column, rows, columns);
  }

  private static ArcGrid cut(int[] tokens, int row, int column, int rows, int columns) {
    byte[] cells = new byte[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        cells[r * columns + c] =
            (byte) Math.max(0, tokens[(row + r) * ArcGrid.LARGEST + column + c] - FIRST_COLOUR);
      }
    }
    return new ArcGrid(rows, columns, cells);
  }
}
