package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The arguments of one call of the machine code: {@code c = a b}, a in rows of bfloat16, b in
 * panels of pairs, c in rows of floats. A block of memory holds them, as the machine code reads it;
 * the three matrices are kept beside it, so that the model needs no addresses and both can be
 * checked against the bounds.
 */
public final class TileCall {
  /** Bytes of a call: 16 arguments of 8 bytes and the configuration of the tiles. */
  public static final long BYTES = 192;

  static final int CONFIGURATION = 0;
  static final int LEFT = 1;
  static final int LEFT_STRIDE = 2;
  static final int RIGHT = 3;
  static final int DEPTH = 4;
  static final int RESULT = 5;
  static final int RESULT_STRIDE = 6;
  static final int SECOND_LEFT = 7;
  static final int PAIRS = 8;
  static final int SECOND_RESULT = 9;
  static final int PANELS = 10;
  static final int RIGHT_PANEL = 11;
  static final int RESULT_PANEL = 12;
  static final int ODD = 13;
  static final int LEFT_PAIR = 14;
  static final int RESULT_PAIR = 15;

  private static final long TILES = 128;

  final MemorySegment block;
  MemorySegment left = MemorySegment.NULL;
  MemorySegment right = MemorySegment.NULL;
  MemorySegment result = MemorySegment.NULL;
  long left0;
  long right0;
  long result0;
  private int height;

  /**
   * Takes the memory for the arguments.
   *
   * @param from where it starts, a multiple of 64
   */
  public TileCall(MemorySegment memory, long from) {
    block = memory.asSlice(from, BYTES, 64);
    block.fill((byte) 0);
    block.set(ValueLayout.JAVA_BYTE, TILES, (byte) 1);
    for (int tile = 0; tile < 8; tile++) {
      block.set(ValueLayout.JAVA_SHORT, TILES + 16 + 2 * tile, (short) Tiling.ROW);
      block.set(ValueLayout.JAVA_BYTE, TILES + 48 + tile, (byte) Tiling.HEIGHT);
    }
  }

  /** Sets the left factor, rows of {@code stride} bytes. */
  public TileCall left(MemorySegment a, long from, long stride) {
    left = a;
    left0 = from;
    set(LEFT_STRIDE, stride);
    return this;
  }

  /**
   * Sets the right factor: {@code panels} panels of {@code depth} steps, at the given distance in
   * bytes.
   */
  public TileCall right(MemorySegment b, long from, int depth, int panels, long apart) {
    right = b;
    right0 = from;
    set(DEPTH, depth);
    set(PANELS, panels);
    set(RIGHT_PANEL, apart);
    return this;
  }

  /** Sets where results go: rows of {@code stride} bytes, panels at the given distance in bytes. */
  public TileCall result(MemorySegment c, long from, long stride, long apart) {
    result = c;
    result0 = from;
    set(RESULT_STRIDE, stride);
    set(RESULT_PANEL, apart);
    return this;
  }

  /** Processes single tiles one after the other; set the left factor and the result first. */
  public TileCall rows(Tiling tiling) {
    long a = tiling.height() * get(LEFT_STRIDE);
    long c = tiling.height() * get(RESULT_STRIDE);
    return pairs(tiling.height(), tiling.tiles() / 2, tiling.tiles() % 2, a, c, 2 * a, 2 * c);
  }

  /**
   * Processes tiles of rows in pairs, and an odd one alone at the end.
   *
   * @param secondLeft bytes from the first tile of a pair to the second
   * @param leftPair bytes from one pair to the next
   */
  public TileCall pairs(
      int rows,
      int pairs,
      int odd,
      long secondLeft,
      long secondResult,
      long leftPair,
      long resultPair) {
    if (rows != height) {
      height = rows;
      // Tiles 0 to 3 hold results, 4 and 5 rows of the left factor.
      for (int tile = 0; tile < 6; tile++) {
        block.set(ValueLayout.JAVA_BYTE, TILES + 48 + tile, (byte) rows);
      }
    }
    set(PAIRS, pairs);
    set(ODD, odd);
    set(SECOND_LEFT, secondLeft);
    set(SECOND_RESULT, secondResult);
    set(LEFT_PAIR, leftPair);
    set(RESULT_PAIR, resultPair);
    return this;
  }

  long get(int argument) {
    return block.getAtIndex(ValueLayout.JAVA_LONG, argument);
  }

  void set(int argument, long value) {
    block.setAtIndex(ValueLayout.JAVA_LONG, argument, value);
  }

  MemorySegment configuration() {
    return block.asSlice(TILES, 64);
  }

  /** Throws if the call would leave the memory of a matrix; machine code does not check. */
  void check() {
    long depth = get(DEPTH);
    long panels = get(PANELS);
    if (depth < 1 || panels < 1 || height < 1 || height > Tiling.HEIGHT) {
      throw new IndexOutOfBoundsException(
          "depth %s, panels %s, rows of a tile %s".formatted(depth, panels, height));
    }
    inside("left factor", left, left0, last(LEFT_PAIR, SECOND_LEFT, LEFT_STRIDE) + depth * 64);
    inside("right factor", right, right0, (panels - 1) * get(RIGHT_PANEL) + depth * Tiling.STEP);
    long row = last(RESULT_PAIR, SECOND_RESULT, RESULT_STRIDE) + Tiling.RESULT;
    inside("result", result, result0, (panels - 1) * get(RESULT_PANEL) + row);
  }

  /** Returns where the last row starts. */
  private long last(int pair, int second, int stride) {
    long pairs = get(PAIRS);
    long last = pairs > 0 ? (pairs - 1) * get(pair) + get(second) : 0;
    return (get(ODD) != 0 ? Math.max(last, pairs * get(pair)) : last) + (height - 1) * get(stride);
  }

  private static void inside(String what, MemorySegment segment, long from, long bytes) {
    if (from < 0 || bytes < 0 || from + bytes > segment.byteSize()) {
      throw new IndexOutOfBoundsException(
          "%s: bytes %s to %s of %s".formatted(what, from, from + bytes, segment.byteSize()));
    }
  }
}
