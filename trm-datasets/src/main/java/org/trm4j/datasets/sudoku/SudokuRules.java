package org.trm4j.datasets.sudoku;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The one rule: no digit twice in a row, a column or a box. */
final class SudokuRules {
  private SudokuRules() {}

  /**
   * Returns the first breach among the filled cells, such as {@code row 3 holds 5 twice}, or null.
   */
  static @Nullable String breach(SudokuShape shape, int[] tokens) {
    String found = unit(shape, tokens, "row", shape::row);
    if (found == null) {
      found = unit(shape, tokens, "column", shape::column);
    }
    return found == null ? unit(shape, tokens, "box", shape::box) : found;
  }

  private static @Nullable String unit(
      SudokuShape shape, int[] tokens, String name, IntUnaryOperator unitOf) {
    long[] seen = new long[shape.size()];
    for (int cell = 0; cell < tokens.length; cell++) {
      int token = tokens[cell];
      if (token > SudokuShape.BLANK) {
        int unit = unitOf.applyAsInt(cell);
        if ((seen[unit] & 1L << token) != 0) {
          return "%s %s holds %c twice".formatted(name, unit + 1, shape.symbol(token));
        }
        seen[unit] |= 1L << token;
      }
    }
    return null;
  }
}
