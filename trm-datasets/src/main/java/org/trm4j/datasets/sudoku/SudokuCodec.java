package org.trm4j.datasets.sudoku;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Text of one character a cell, row by row; {@code . 0 _ * -} for blank, A to G after 9. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class SudokuCodec implements PuzzleCodec {
  private final SudokuShape shape;

  public SudokuCodec(SudokuShape shape) {
    this.shape = shape;
  }

  @Override
  public int[] encode(String question) {
    int[] tokens = parse(question);
    String breach = SudokuRules.breach(shape, tokens);
    if (breach != null) {
      throw new InvalidPuzzleException("sudoku: the givens contradict each other: " + breach);
    }
    return tokens;
  }

  /** Reads cells without checking the rule. White space between cells is passed over. */
  public int[] parse(String text) {
    String cells = text.replaceAll("\\s", "");
    if (cells.length() != shape.cells()) {
      throw new InvalidPuzzleException(
          "sudoku: %s characters, expected %s (%sx%s)"
              .formatted(cells.length(), shape.cells(), shape.size(), shape.size()));
    }
    int[] tokens = new int[cells.length()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = shape.token(cells.charAt(i));
      if (tokens[i] < 0) {
        throw new InvalidPuzzleException(
            "sudoku: character '%c' at position %s, expected 1 to %c, or . 0 _ * - for an open cell"
                .formatted(cells.charAt(i), i + 1, shape.symbol(shape.size() + 1)));
      }
    }
    return tokens;
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder out = new StringBuilder(tokens.length);
    for (int token : tokens) {
      out.append(shape.symbol(token));
    }
    return out.toString();
  }

  @Override
  public String symbol(int token) {
    return String.valueOf(shape.symbol(token));
  }

  @Override
  public boolean blank(int token) {
    return token <= SudokuShape.BLANK;
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(
        shape.size(), shape.size(), shape.boxRows(), shape.boxColumns());
  }
}
