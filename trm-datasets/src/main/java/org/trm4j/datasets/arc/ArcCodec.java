package org.trm4j.datasets.arc;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Text of a grid: rows of digits with a slash between them, such as {@code 012/345}; {@code
 * 3,4@012/345} where the grid's first cell stands at row 3 and column 4 (from 0) of the 30x30.
 */
final class ArcCodec implements PuzzleCodec {
  ArcCodec() {}

  @Override
  public int[] encode(String question) {
    String text = question.strip();
    int at = text.indexOf('@');
    int row = 0;
    int column = 0;
    if (at >= 0) {
      if (!text.substring(0, at).matches("\\d{1,2},\\d{1,2}")) {
        throw new InvalidPuzzleException(
            "arc: place '%s', expected row,column".formatted(text.substring(0, at)));
      }
      row = Integer.parseInt(text.substring(0, text.indexOf(',')));
      column = Integer.parseInt(text.substring(text.indexOf(',') + 1, at));
    }
    ArcGrid grid = grid(text.substring(at + 1).split("/", -1));
    if (row + grid.rows() > ArcGrid.LARGEST || column + grid.columns() > ArcGrid.LARGEST) {
      throw new InvalidPuzzleException(
          "arc: a %sx%s grid at row %s column %s, expected it within %sx%s"
              .formatted(
                  grid.rows(), grid.columns(), row, column, ArcGrid.LARGEST, ArcGrid.LARGEST));
    }
    return ArcTokens.encode(grid, row, column);
  }

  private static ArcGrid grid(String[] lines) {
    int columns = lines[0].length();
    if (columns == 0 || columns > ArcGrid.LARGEST || lines.length > ArcGrid.LARGEST) {
      throw new InvalidPuzzleException(
          "arc: a grid of %s rows and %s columns, expected 1 to %s"
              .formatted(lines.length, columns, ArcGrid.LARGEST));
    }
    byte[] cells = new byte[lines.length * columns];
    for (int r = 0; r < lines.length; r++) {
      if (lines[r].length() != columns) {
        throw new InvalidPuzzleException(
            "arc: row %s has %s cells, expected %s".formatted(r + 1, lines[r].length(), columns));
      }
      for (int c = 0; c < columns; c++) {
        int colour = lines[r].charAt(c) - '0';
        if (colour < 0 || colour > 9) {
          throw new InvalidPuzzleException(
              "arc: character '%c' at row %s column %s, expected a digit"
                  .formatted(lines[r].charAt(c), r + 1, c + 1));
        }
        cells[r * columns + c] = (byte) colour;
      }
    }
    return new ArcGrid(lines.length, columns, cells);
  }

  /** A prediction that is no grid is shown as the evaluator reads it. */
  @Override
  public String decode(int[] tokens) {
    int origin = ArcTokens.origin(tokens);
    if (origin < 0) {
      return "";
    }
    int row = origin / ArcGrid.LARGEST;
    int column = origin % ArcGrid.LARGEST;
    ArcGrid grid = ArcTokens.at(tokens, origin);
    if (!Arrays.equals(ArcTokens.encode(grid, row, column), tokens)) {
      return ArcTokens.crop(tokens).toString();
    }
    return (origin == 0 ? "" : row + "," + column + "@") + grid;
  }

  @Override
  public String symbol(int token) {
    return switch (token) {
      case ArcTokens.PAD -> " ";
      case ArcTokens.END -> ":";
      default -> String.valueOf(token - ArcTokens.FIRST_COLOUR);
    };
  }

  @Override
  public String meaning(int token) {
    return switch (token) {
      case ArcTokens.PAD -> "";
      case ArcTokens.END -> "after the last row or column";
      default -> "colour " + symbol(token);
    };
  }

  /** The answer is a grid of its own: every cell of it is open. */
  @Override
  public boolean blank(int token) {
    return true;
  }

  /** Every token: an answer keeps nothing of its question. */
  @Override
  public int[] candidates(int token, int vocabulary) {
    return IntStream.range(0, vocabulary).toArray();
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(
        ArcGrid.LARGEST, ArcGrid.LARGEST, ArcGrid.LARGEST, ArcGrid.LARGEST);
  }
}
