package org.trm4j.datasets.maze;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A square maze's size. Tokens are those of the published builder: 0 pads, then wall, open, start,
 * goal and path.
 *
 * @param size rows and columns
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record MazeShape(int size) {
  public static final int WALL = 1;
  public static final int OPEN = 2;
  public static final int START = 3;
  public static final int GOAL = 4;
  public static final int PATH = 5;
  public static final int VOCABULARY = 6;
  public static final int LARGEST = 512;

  private static final String SYMBOLS = "?# SGo";

  public MazeShape {
    if (size < 2 || size > LARGEST) {
      throw new DatasetException("maze: size %d, expected 2 to %d".formatted(size, LARGEST));
    }
  }

  /** Returns the shape with that many cells. */
  public static MazeShape ofCells(int cells) {
    int size = (int) Math.round(Math.sqrt(cells));
    if (size * size != cells) {
      throw new DatasetException(
          "maze: %d cells, expected a square number such as 900".formatted(cells));
    }
    return new MazeShape(size);
  }

  public int cells() {
    return size * size;
  }

  /** Returns the neighbour of a cell in direction 0 to 3, or -1 outside. */
  public int neighbour(int cell, int direction) {
    int row = cell / size;
    int column = cell % size;
    return switch (direction) {
      case 0 -> row == 0 ? -1 : cell - size;
      case 1 -> column == size - 1 ? -1 : cell + 1;
      case 2 -> row == size - 1 ? -1 : cell + size;
      default -> column == 0 ? -1 : cell - 1;
    };
  }

  public String place(int cell) {
    return "row %d column %d".formatted(cell / size + 1, cell % size + 1);
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
