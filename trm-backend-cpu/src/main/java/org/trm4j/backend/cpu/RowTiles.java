package org.trm4j.backend.cpu;

/**
 * Splits rows into tiles of 6 and 5 rows: every number of rows from 20 on is a sum of sixes and
 * fives.
 */
final class RowTiles {
  private RowTiles() {}

  /** Returns the number of tiles for so many rows. */
  static int count(int rows) {
    return (rows + 5) / 6;
  }

  /**
   * Returns how many of the tiles, the first ones, have six rows; the last tile may have fewer rows
   * than its kind.
   */
  static int sixes(int rows) {
    int tiles = count(rows);
    return rows >= 5 * tiles ? rows - 5 * tiles : tiles;
  }
}
