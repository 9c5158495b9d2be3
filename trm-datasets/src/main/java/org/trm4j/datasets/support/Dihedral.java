package org.trm4j.datasets.support;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * The eight symmetries of a grid, numbered as the published builders number them: identity, turns
 * to the left by 90, 180 and 270 degrees, mirrored left-right, upside down, transposed, reflected
 * at the other diagonal.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Dihedral {
  /** How many symmetries there are. */
  public static final int COUNT = 8;

  private static final int[] INVERSE = {0, 3, 2, 1, 4, 5, 6, 7};

  private Dihedral() {}

  /** Returns the symmetry that undoes one. */
  public static int inverse(int symmetry) {
    return INVERSE[symmetry];
  }

  /** Returns whether a symmetry exchanges the number of rows and of columns. */
  public static boolean turns(int symmetry) {
    return symmetry == 1 || symmetry == 3 || symmetry >= 6;
  }

  /**
   * Returns where a cell of the result comes from.
   *
   * @param rows of the grid before
   * @param columns of the grid before
   * @param row of the result
   * @param column of the result
   * @return row x columns + column in the grid before
   */
  public static int source(int symmetry, int rows, int columns, int row, int column) {
    return switch (symmetry) {
      case 0 -> row * columns + column;
      case 1 -> column * columns + columns - 1 - row;
      case 2 -> (rows - 1 - row) * columns + columns - 1 - column;
      case 3 -> (rows - 1 - column) * columns + row;
      case 4 -> row * columns + columns - 1 - column;
      case 5 -> (rows - 1 - row) * columns + column;
      case 6 -> column * columns + row;
      case 7 -> (rows - 1 - column) * columns + columns - 1 - row;
      default ->
          throw new IllegalArgumentException(
              "dihedral: symmetry %s, expected 0 to 7".formatted(symmetry));
    };
  }

  /**
   * Returns for each cell of the result, row by row, the cell that it comes from.
   *
   * @param rows of the grid before
   * @param columns of the grid before
   */
  public static int[] cells(int symmetry, int rows, int columns) {
    int[] all = new int[rows * columns];
    Arrays.setAll(all, i -> i);
    return apply(symmetry, all, rows, columns);
  }

  /** Returns the cells of a square grid, row by row, under a symmetry. */
  public static int[] square(int symmetry, int[] cells, int size) {
    return apply(symmetry, cells, size, size);
  }

  /**
   * Returns the cells of a grid, row by row, under a symmetry.
   *
   * @param rows of the grid before; the result has as many columns where the symmetry turns it
   * @param columns of the grid before
   */
  public static int[] apply(int symmetry, int[] cells, int rows, int columns) {
    int high = turns(symmetry) ? columns : rows;
    int wide = turns(symmetry) ? rows : columns;
    int[] result = new int[cells.length];
    for (int row = 0; row < high; row++) {
      for (int column = 0; column < wide; column++) {
        result[row * wide + column] = cells[source(symmetry, rows, columns, row, column)];
      }
    }
    return result;
  }
}
