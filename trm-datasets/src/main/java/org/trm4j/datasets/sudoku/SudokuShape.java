package org.trm4j.datasets.sudoku;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A Sudoku's size. Tokens are those of the published builder: 0 pads, 1 is blank, digit d is d + 1.
 *
 * @param size digits, rows and columns
 * @param boxRows rows of a box
 * @param boxColumns columns of a box
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record SudokuShape(int size, int boxRows, int boxColumns) {
  public static final int BLANK = 1;

  /** The characters of an open cell; the first is used for output. */
  private static final String OPEN = ".0_*-";

  private static final String DIGITS = "123456789ABCDEFG";

  public static SudokuShape of(int size) {
    return switch (size) {
      case 4 -> new SudokuShape(4, 2, 2);
      case 6 -> new SudokuShape(6, 2, 3);
      case 9 -> new SudokuShape(9, 3, 3);
      case 16 -> new SudokuShape(16, 4, 4);
      default ->
          throw new DatasetException("sudoku: size %s, expected 4, 6, 9 or 16".formatted(size));
    };
  }

  /** Returns the shape of 6x6 whose boxes have that many rows and columns: 2x3 or 3x2. */
  public static SudokuShape ofBoxes(String boxes) {
    return switch (boxes) {
      case "2x3" -> new SudokuShape(6, 2, 3);
      case "3x2" -> new SudokuShape(6, 3, 2);
      default ->
          throw new DatasetException(
              "sudoku: boxes of %s (rows x columns), expected 2x3 or 3x2".formatted(boxes));
    };
  }

  /** Returns the shape with that many cells. */
  public static SudokuShape ofCells(int cells) {
    int size = (int) Math.round(Math.sqrt(cells));
    if (size * size != cells) {
      throw new DatasetException("sudoku: %s cells, expected 16, 36, 81 or 256".formatted(cells));
    }
    return of(size);
  }

  public int cells() {
    return size * size;
  }

  public int vocabSize() {
    return size + 2;
  }

  public int row(int cell) {
    return cell / size;
  }

  public int column(int cell) {
    return cell % size;
  }

  public int box(int cell) {
    return row(cell) / boxRows * (size / boxColumns) + column(cell) / boxColumns;
  }

  /** Returns whether exchanging rows and columns keeps the boxes. */
  public boolean transposable() {
    return boxRows == boxColumns;
  }

  public char symbol(int token) {
    return token <= BLANK ? '.' : DIGITS.charAt(token - 2);
  }

  /** Returns the token of a character, or -1. */
  public int token(char symbol) {
    if (OPEN.indexOf(symbol) >= 0) {
      return BLANK;
    }
    int digit = DIGITS.indexOf(Character.toUpperCase(symbol));
    return digit >= 0 && digit < size ? digit + 2 : -1;
  }
}
