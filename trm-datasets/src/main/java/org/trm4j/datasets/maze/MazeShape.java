package org.trm4j.datasets.maze;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.support.Dihedral;

/**
 * A maze's size. Tokens are those of the published builder: 0 pads, then wall, open, start, goal
 * and path.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record MazeShape(int rows, int columns) {
  public static final int WALL = 1;
  public static final int OPEN = 2;
  public static final int START = 3;
  public static final int GOAL = 4;
  public static final int PATH = 5;
  public static final int VOCABULARY = 6;
  public static final int LARGEST = 512;

  private static final String SYMBOLS = "?# SGo";

  public MazeShape {
    if (Math.min(rows, columns) < 2 || Math.max(rows, columns) > LARGEST) {
      throw new DatasetException(
          "maze: %s rows of %s cells, expected 2 to %s of each".formatted(rows, columns, LARGEST));
    }
  }

  /** Creates a square. */
  public MazeShape(int size) {
    this(size, size);
  }

  /** Returns the shape that is written {@code 9} or, rows first, {@code 9x16}. */
  public static MazeShape of(String written) {
    if (!written.matches("\\d{1,4}(x\\d{1,4})?")) {
      throw new DatasetException(
          "maze: size %s, expected 2 to %s, or rows x columns such as 9x16"
              .formatted(written, LARGEST));
    }
    String[] sides = written.split("x", -1);
    return new MazeShape(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
  }

  /** Returns the shape with that many cells. */
  public static MazeShape ofCells(int cells) {
    int size = (int) Math.round(Math.sqrt(cells));
    if (size * size != cells) {
      throw new DatasetException(
          "maze: %s cells, expected a square number such as 900".formatted(cells));
    }
    return new MazeShape(size);
  }

  public int cells() {
    return rows * columns;
  }

  /** Returns whether a quarter turn keeps it. */
  public boolean square() {
    return rows == columns;
  }

  /** Returns the symmetries that keep it, numbered as in {@link Dihedral}. */
  int[] symmetries() {
    return square() ? new int[] {0, 1, 2, 3, 4, 5, 6, 7} : new int[] {0, 2, 4, 5};
  }

  /** Returns what {@link #of} reads. */
  public String written() {
    return square() ? String.valueOf(rows) : rows + "x" + columns;
  }

  /** Returns the neighbour of a cell in direction 0 to 3, or -1 outside. */
  public int neighbour(int cell, int direction) {
    int row = cell / columns;
    int column = cell % columns;
    return switch (direction) {
      case 0 -> row == 0 ? -1 : cell - columns;
      case 1 -> column == columns - 1 ? -1 : cell + 1;
      case 2 -> row == rows - 1 ? -1 : cell + columns;
      default -> column == 0 ? -1 : cell - 1;
    };
  }

  /** Returns the last cell that holds a token, or -1. */
  public static int find(int token, int[] tokens) {
    int found = tokens.length - 1;
    while (found >= 0 && tokens[found] != token) {
      found--;
    }
    return found;
  }

  public String place(int cell) {
    return "row %s column %s".formatted(cell / columns + 1, cell % columns + 1);
  }

  public static char symbol(int token) {
    return token >= 0 && token < SYMBOLS.length() ? SYMBOLS.charAt(token) : '?';
  }

  /** Returns the token of a character, or -1. */
  public static int token(char symbol) {
    int token = symbol == '.' ? OPEN : SYMBOLS.indexOf(symbol);
    return token > 0 ? token : -1;
  }
}
