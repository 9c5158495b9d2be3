package org.trm4j.backend.cpu.kernel.amx;

/**
 * Rows cut into tiles of one height, as the machine code takes them.
 *
 * @param tiles the number of tiles
 * @param height rows of each tile, at most {@link #HEIGHT}
 */
public record Tiling(int tiles, int height) {
  /** Rows of a whole tile. */
  public static final int HEIGHT = 16;

  /** Columns of a panel: two tiles side by side. */
  public static final int PANEL = 32;

  /** Length of a reduction that one instruction takes. */
  public static final int DEPTH = 32;

  /** Bytes of a tile's row. */
  public static final int ROW = 64;

  /** Bytes of the two tiles of a panel that one step of the reduction reads. */
  public static final int STEP = 2 * HEIGHT * ROW;

  /** Bytes of a row of results of one panel. */
  public static final int RESULT = PANEL * Float.BYTES;

  /** Cuts rows into as few tiles as possible, of as few rows as possible. */
  public static Tiling of(int rows) {
    int tiles = Math.ceilDiv(rows, HEIGHT);
    return new Tiling(tiles, Math.ceilDiv(rows, tiles));
  }

  /** Returns the number of rows that are read and written; the last ones may be padding. */
  public int rows() {
    return tiles * height;
  }

  /**
   * Returns an upper bound of the rows read and written for any number of rows up to the given one.
   */
  public static int padded(int rows) {
    return Math.ceilDiv(rows, HEIGHT) * HEIGHT;
  }

  /** Returns the number of steps of a reduction. */
  public static int depth(int length) {
    return Math.ceilDiv(length, DEPTH);
  }

  public static int panels(int columns) {
    return Math.ceilDiv(columns, PANEL);
  }

  /**
   * Returns the bytes of a row of a left factor: whole steps, plus one row of a tile so that rows
   * are not a power of two apart.
   */
  public static long leftStride(int length) {
    return (long) depth(length) * ROW + ROW;
  }

  /** Returns the bytes of a left factor. */
  public static long left(int rows, int length) {
    return padded(rows) * leftStride(length);
  }

  /** Returns the bytes of a right factor. */
  public static long right(int length, int columns) {
    return (long) panels(columns) * depth(length) * STEP;
  }

  /**
   * Returns where the pair of rows {@code 2 pair, 2 pair + 1} of a column lies in a right factor:
   * panels, in them steps of the reduction, in them two tiles of 16 pairs of rows by 16 columns.
   */
  public static long pair(int depth, int pair, int column) {
    long step = (long) (column / PANEL) * depth + pair / HEIGHT;
    int tile = column % PANEL / HEIGHT;
    return step * STEP + (tile * HEIGHT + pair % HEIGHT) * ROW + column % HEIGHT * Integer.BYTES;
  }
}
