package org.trm4j.datasets.grid;

import org.jspecify.annotations.Nullable;

/** Signs between two cells: the number at the point of the sign is the smaller one. */
final class LessRule implements GridRule {
  /** The smaller and the larger cell beside a sign that points left, right, up, down. */
  private static final int[][] ENDS = {{0, -1, 0, 1}, {0, 1, 0, -1}, {-1, 0, 1, 0}, {1, 0, -1, 0}};

  private final int[] arrows;
  private final GridAlphabet alphabet;

  LessRule(int[] arrows, GridAlphabet alphabet) {
    this.arrows = arrows;
    this.alphabet = alphabet;
  }

  @Override
  public @Nullable String breach(GridFrame.Board answer) {
    return breach(answer, new boolean[alphabet.vocabSize()]);
  }

  @Override
  public @Nullable String contradiction(GridFrame.Board question, boolean[] open) {
    return breach(question, open);
  }

  private @Nullable String breach(GridFrame.Board board, boolean[] open) {
    for (int cell = 0; cell < board.cells.length; cell++) {
      for (int direction = 0; direction < arrows.length; direction++) {
        if (board.cells[cell] == arrows[direction]) {
          int row = cell / board.columns;
          int column = cell % board.columns;
          int[] ends = ENDS[direction];
          int small = board.at(row + ends[0], column + ends[1]);
          int large = board.at(row + ends[2], column + ends[3]);
          boolean known = small < 0 || large < 0 || !open[small] && !open[large];
          if (known && !(small > 0 && large > 0 && less(small, large))) {
            return "%s, %s, stands between %s and %s"
                .formatted(
                    board.place(cell),
                    alphabet.symbol(board.cells[cell]),
                    alphabet.symbol(direction % 2 == 0 ? small : large),
                    alphabet.symbol(direction % 2 == 0 ? large : small));
          }
        }
      }
    }
    return null;
  }

  private boolean less(int small, int large) {
    return alphabet.value(small) >= 0 && alphabet.value(small) < alphabet.value(large);
  }
}
