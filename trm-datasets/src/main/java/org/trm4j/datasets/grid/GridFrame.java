package org.trm4j.datasets.grid;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The frame in which all grids of a data set lie, the smaller ones at its upper left corner and
 * padded.
 *
 * @param rows of the largest grid
 * @param columns of the largest grid
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record GridFrame(int rows, int columns) {
  /** The most cells of a frame. */
  public static final int MOST_CELLS = 1 << 16;

  /** Checks the size. */
  public GridFrame {
    if (rows < 1 || columns < 1 || (long) rows * columns > MOST_CELLS) {
      throw new DatasetException(
          "grid: %s rows of %s cells, expected at least 1 of each and at most %s cells"
              .formatted(rows, columns, MOST_CELLS));
    }
  }

  /** Returns S. */
  public int cells() {
    return rows * columns;
  }

  /** Returns the grid that lies in the frame. */
  Board board(int[] tokens) {
    int high = 0;
    int wide = 0;
    for (int cell = 0; cell < tokens.length; cell++) {
      if (tokens[cell] != GridAlphabet.PAD) {
        high = Math.max(high, cell / columns + 1);
        wide = Math.max(wide, cell % columns + 1);
      }
    }
    return board(tokens, high, wide);
  }

  /** Returns the upper left part of the frame. */
  Board board(int[] tokens, int high, int wide) {
    int[] cells = new int[high * wide];
    for (int row = 0; row < high; row++) {
      System.arraycopy(tokens, row * columns, cells, row * wide, wide);
    }
    return new Board(high, wide, cells);
  }

  /** Returns the tokens of a grid in the frame. */
  int[] tokens(Board board) {
    int[] tokens = new int[cells()];
    for (int row = 0; row < board.rows; row++) {
      System.arraycopy(board.cells, row * board.columns, tokens, row * columns, board.columns);
    }
    return tokens;
  }

  /** Returns whether a grid fits. */
  boolean holds(Board board) {
    return board.rows <= rows && board.columns <= columns;
  }

  /** A grid without padding. */
  static final class Board {
    final int rows;
    final int columns;
    final int[] cells;

    Board(int rows, int columns, int[] cells) {
      this.rows = rows;
      this.columns = columns;
      this.cells = cells;
    }

    int at(int row, int column) {
      return row < 0 || column < 0 || row >= rows || column >= columns
          ? -1
          : cells[row * columns + column];
    }

    String place(int cell) {
      return "row %s column %s".formatted(cell / columns + 1, cell % columns + 1);
    }

    boolean sameCells(Board other) {
      return rows == other.rows && columns == other.columns && Arrays.equals(cells, other.cells);
    }
  }
}
