package org.trm4j.cli.data;

import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plan.operation.Loss;

/**
 * A grid as it is drawn: without empty rows and columns at its end.
 *
 * @param question what is given
 * @param shown what is drawn
 * @param rows that are drawn
 * @param columns that are drawn
 */
@SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
record Picture(
    PuzzleCodec codec, Palette palette, int[] question, int[] shown, int rows, int columns) {

  /**
   * Returns the picture of a grid.
   *
   * @param domain id of the puzzle domain
   */
  static Picture of(String domain, PuzzleCodec codec, int[] question, int[] shown) {
    PuzzleDomain.GridShape grid = codec.grid();
    int rows = grid.rows();
    int columns = grid.columns();
    if (domain.equals("arc")) {
      rows = 1;
      columns = 1;
      for (int i = 0; i < shown.length; i++) {
        if (shown[i] > 1) {
          rows = Math.max(rows, i / grid.columns() + 1);
          columns = Math.max(columns, i % grid.columns() + 1);
        }
      }
    }
    int[] visible = shown.clone();
    for (int i = 0; i < visible.length; i++) {
      visible[i] = visible[i] == Loss.IGNORED ? 0 : visible[i];
    }
    return new Picture(codec, new Palette(domain, codec), question, visible, rows, columns);
  }

  int token(int row, int column) {
    return shown[row * codec.grid().columns() + column];
  }

  boolean given(int row, int column) {
    int at = row * codec.grid().columns() + column;
    return !codec.blank(question[at]) && question[at] == shown[at];
  }

  boolean thickAbove(int row) {
    return row > 0 && row % codec.grid().boxRows() == 0;
  }

  boolean thickBefore(int column) {
    return column > 0 && column % codec.grid().boxColumns() == 0;
  }

  /** Returns the grid in picocli's markup, a line a row. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      if (thickAbove(row)) {
        out.append("  ");
        for (int column = 0; column < columns; column++) {
          out.append(thickBefore(column) ? "+-" : "").append("--");
        }
        out.append('\n');
      }
      out.append("  ");
      for (int column = 0; column < columns; column++) {
        out.append(thickBefore(column) ? "| " : "").append(cell(row, column));
      }
      out.append('\n');
    }
    return out.toString();
  }

  private String cell(int row, int column) {
    int token = token(row, column);
    String symbol = codec.symbol(token) + " ";
    if (palette.coloured()) {
      int ink = palette.colour(token) == 0 ? 231 : 16;
      return palette.colour(token) == Palette.WHITE
          ? symbol
          : "@|bg(%s),fg(%s) %s|@".formatted(palette.terminal(token), ink, symbol);
    }
    return given(row, column) ? "@|bold " + symbol + "|@" : "@|green " + symbol + "|@";
  }
}
