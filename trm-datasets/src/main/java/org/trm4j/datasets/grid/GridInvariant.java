package org.trm4j.datasets.grid;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * A text that questions share whenever any symmetry that this data set knows turns one into the
 * other: turns, reflections, exchanged rows and columns, renamed symbols. Others may share it too.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class GridInvariant {
  private GridInvariant() {}

  /** Returns the text: of each cell how often its symbol stands in its row, column and the grid. */
  public static String of(GridFrame frame, int[] tokens) {
    GridFrame.Board board = frame.board(tokens);
    int symbols = Arrays.stream(board.cells).max().orElse(0) + 1;
    int[][] inRow = new int[board.rows][symbols];
    int[][] inColumn = new int[board.columns][symbols];
    int[] inGrid = new int[symbols];
    for (int cell = 0; cell < board.cells.length; cell++) {
      inRow[cell / board.columns][board.cells[cell]]++;
      inColumn[cell % board.columns][board.cells[cell]]++;
      inGrid[board.cells[cell]]++;
    }
    long[] cells = new long[board.cells.length];
    for (int cell = 0; cell < cells.length; cell++) {
      int token = board.cells[cell];
      long row = signature(inRow[cell / board.columns], token, inGrid);
      long column = signature(inColumn[cell % board.columns], token, inGrid);
      cells[cell] = (row + column) * 31 + (row ^ column);
    }
    Arrays.sort(cells);
    return Math.min(board.rows, board.columns)
        + "x"
        + Math.max(board.rows, board.columns)
        + Arrays.toString(cells);
  }

  /** Of a line: how often its cell's symbol stands in it, and all symbols whatever their names. */
  private static long signature(int[] line, int token, int[] inGrid) {
    long sum = 0;
    for (int symbol = 0; symbol < line.length; symbol++) {
      sum += mix(line[symbol] * 65_537L + inGrid[symbol]);
    }
    return mix(sum + line[token] * 0x9E3779B97F4A7C15L + inGrid[token]);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
