package org.trm4j.datasets.grid;

import org.jspecify.annotations.Nullable;

/**
 * All cells of some symbols are one group, each beside another of them.
 *
 * @param some by token
 * @param symbols as they were written
 */
@SuppressWarnings("ArrayRecordComponent") // read only
record ConnectedRule(boolean[] some, String symbols) implements GridRule {
  @Override
  public @Nullable String breach(GridFrame.Board answer) {
    boolean[] reached = new boolean[answer.cells.length];
    boolean begun = false;
    for (int cell = 0; cell < reached.length; cell++) {
      if (in(answer.cells[cell]) && !reached[cell]) {
        if (begun) {
          return "%s is not connected with the other cells of %s"
              .formatted(answer.place(cell), symbols);
        }
        begun = true;
        reach(answer, cell, reached);
      }
    }
    return null;
  }

  private void reach(GridFrame.Board board, int start, boolean[] reached) {
    int[] queue = new int[board.cells.length];
    int end = 1;
    queue[0] = start;
    reached[start] = true;
    for (int at = 0; at < end; at++) {
      int row = queue[at] / board.columns;
      int column = queue[at] % board.columns;
      int[][] beside = {{row - 1, column}, {row, column + 1}, {row + 1, column}, {row, column - 1}};
      for (int[] cell : beside) {
        int token = board.at(cell[0], cell[1]);
        int index = cell[0] * board.columns + cell[1];
        if (token >= 0 && in(token) && !reached[index]) {
          reached[index] = true;
          queue[end++] = index;
        }
      }
    }
  }

  private boolean in(int token) {
    return token > 0 && token < some.length && some[token];
  }
}
