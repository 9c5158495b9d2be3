package org.trm4j.backend.cpu.kernel.vector;

/**
 * Splits rows into tiles of n and n - 1 rows, n the taller: every number of rows from (n - 1)(n -
 * 2) on is a sum of these.
 */
final class RowTiles {
  private RowTiles() {}

  /** Returns the number of tiles for the given number of rows. */
  static int count(int rows, int tallest) {
    return (rows + tallest - 1) / tallest;
  }

  /**
   * Returns how many of the tiles are tall; they come first. The last tile may have fewer rows than
   * its height.
   */
  static int large(int rows, int tallest) {
    int tiles = count(rows, tallest);
    int least = (tallest - 1) * tiles;
    return rows >= least ? rows - least : tiles;
  }
}
