package org.trm4j.cli.solve;

import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Draws a grid of tokens: givens bold, cells that changed since the last draft highlighted. */
final class GridPrinter {
  private final PuzzleCodec codec;
  private final PuzzleDomain.GridShape grid;

  GridPrinter(PuzzleCodec codec) {
    this.codec = codec;
    this.grid = codec.grid();
  }

  /**
   * Returns the grid in picocli's markup, a line a row.
   *
   * @param question the givens
   * @param draft what is drawn
   * @param previous the draft before, or null
   * @param solution what cells are compared with, or null if it is not known
   */
  String draw(int[] question, int[] draft, int @Nullable [] previous, int @Nullable [] solution) {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < grid.rows(); row++) {
      if (row > 0 && row % grid.boxRows() == 0) {
        out.append("  ").append(rule()).append('\n');
      }
      out.append("  ");
      for (int column = 0; column < grid.columns(); column++) {
        if (column > 0) {
          out.append(column % grid.boxColumns() == 0 ? " | " : " ");
        }
        out.append(cell(row * grid.columns() + column, question, draft, previous, solution));
      }
      out.append('\n');
    }
    return out.toString();
  }

  private String cell(
      int at, int[] question, int[] draft, int @Nullable [] previous, int @Nullable [] solution) {
    String symbol = codec.symbol(draft[at]);
    if (!codec.blank(question[at])) {
      return draft[at] == question[at] ? "@|bold " + symbol + "|@" : "@|bold,red " + symbol + "|@";
    }
    if (solution != null && draft[at] != solution[at]) {
      return "@|red " + symbol + "|@";
    }
    boolean changed = previous != null && previous[at] != draft[at];
    return "@|" + (changed ? "black,bg(yellow) " : "green ") + symbol + "|@";
  }

  private String rule() {
    StringBuilder rule = new StringBuilder();
    for (int column = 0; column < grid.columns(); column++) {
      if (column > 0) {
        rule.append(column % grid.boxColumns() == 0 ? "-+-" : "-");
      }
      rule.append('-');
    }
    return rule.toString();
  }
}
