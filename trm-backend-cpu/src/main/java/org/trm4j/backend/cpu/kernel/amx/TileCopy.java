package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Moves pairs of neighbours between rows of a left factor and columns of a right one, and results
 * to the heap. A pair is 4 bytes in both: two neighbours of a row here, two rows of a column there.
 */
public final class TileCopy {
  private static final ValueLayout.OfInt PAIR = ValueLayout.JAVA_INT;

  private TileCopy() {}

  /**
   * Writes the transpose of rows as a right factor, with zeros up to whole panels.
   *
   * @param pairs pairs of each row
   * @param depth steps of the right factor
   * @param first pair of rows of the right factor where the first pair goes
   */
  public static void rowsToPairs(
      MemorySegment from,
      long from0,
      long stride,
      int rows,
      int pairs,
      MemorySegment to,
      long to0,
      int depth,
      int first) {
    int columns = Tiling.panels(rows) * Tiling.PANEL;
    for (int column = 0; column < columns; column++) {
      for (int pair = 0; pair < pairs; pair++) {
        int value = column < rows ? from.get(PAIR, from0 + column * stride + 4L * pair) : 0;
        to.set(PAIR, to0 + Tiling.pair(depth, first + pair, column), value);
      }
    }
  }

  /** Writes the transpose of a right factor's first pairs of rows as rows of a left factor. */
  public static void pairsToRows(
      MemorySegment from,
      long from0,
      int depth,
      int pairs,
      int columns,
      MemorySegment to,
      long to0,
      long stride) {
    for (int column = 0; column < columns; column++) {
      for (int pair = 0; pair < pairs; pair++) {
        int value = from.get(PAIR, from0 + Tiling.pair(depth, pair, column));
        to.set(PAIR, to0 + column * stride + 4L * pair, value);
      }
    }
  }

  /** Copies rows of results to the heap. */
  public static void results(
      MemorySegment from,
      long from0,
      long stride,
      int rows,
      int columns,
      float[] to,
      int to0,
      int ld) {
    for (int row = 0; row < rows; row++) {
      MemorySegment.copy(
          from, ValueLayout.JAVA_FLOAT, from0 + row * stride, to, to0 + row * ld, columns);
    }
  }

  /** Adds rows of results to the heap. */
  public static void addResults(
      MemorySegment from,
      long from0,
      long stride,
      int rows,
      int columns,
      float[] to,
      int to0,
      int ld) {
    for (int row = 0; row < rows; row++) {
      long at = from0 + row * stride;
      int target = to0 + row * ld;
      for (int i = 0; i < columns; i++) {
        to[target + i] += from.get(ValueLayout.JAVA_FLOAT, at + 4L * i);
      }
    }
  }
}
