package org.trm4j.datasets.grid;

import org.jspecify.annotations.Nullable;

/** Of each cell of some symbols, how many of some symbols are around it. */
final class CellRule implements GridRule {
  private static final int[][] SIDES = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};

  private final Kind kind;
  private final boolean[] subject;
  private final boolean[] counted;
  private final String symbols;
  private final GridRuleParser.Range range;
  private final boolean[] past;
  private final GridAlphabet alphabet;

  /** What is counted. */
  enum Kind {
    /** The four cells beside it. */
    NEIGHBOURS,
    /** The eight cells around it. */
    TOUCHING,
    /** The first cell in each of the four directions that is not passed over. */
    SEES
  }

  CellRule(
      Kind kind,
      boolean[] subject,
      boolean[] counted,
      String symbols,
      GridRuleParser.Range range,
      boolean[] past,
      GridAlphabet alphabet) {
    this.kind = kind;
    this.subject = subject;
    this.counted = counted;
    this.symbols = symbols;
    this.range = range;
    this.past = past;
    this.alphabet = alphabet;
  }

  @Override
  public @Nullable String breach(GridFrame.Board answer) {
    for (int cell = 0; cell < answer.cells.length; cell++) {
      int token = answer.cells[cell];
      if (in(subject, token)) {
        int count = count(answer, cell / answer.columns, cell % answer.columns);
        int from = range.own() ? alphabet.value(token) : range.from();
        int to = range.own() ? from : range.to();
        if (count < from || count > to) {
          return "%s, %s, has %s of %s %s, expected %s"
              .formatted(
                  answer.place(cell),
                  alphabet.symbol(token),
                  count,
                  symbols,
                  kind == Kind.SEES ? "in sight" : "around it",
                  range.own() ? String.valueOf(from) : range);
        }
      }
    }
    return null;
  }

  private int count(GridFrame.Board board, int row, int column) {
    int count = 0;
    if (kind == Kind.TOUCHING) {
      for (int r = row - 1; r <= row + 1; r++) {
        for (int c = column - 1; c <= column + 1; c++) {
          count += (r != row || c != column) && in(counted, board.at(r, c)) ? 1 : 0;
        }
      }
      return count;
    }
    for (int[] side : SIDES) {
      int r = row + side[0];
      int c = column + side[1];
      while (kind == Kind.SEES && in(past, board.at(r, c)) && !in(counted, board.at(r, c))) {
        r += side[0];
        c += side[1];
      }
      count += in(counted, board.at(r, c)) ? 1 : 0;
    }
    return count;
  }

  private static boolean in(boolean[] some, int token) {
    return token > 0 && token < some.length && some[token];
  }
}
