package org.trm4j.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A right factor [rows, columns] in panels of NR columns, [panels][rows][NR]; the last panel is
 * padded with zeros.
 */
public final class Panels {
  /** Rows of a panel that are gathered at a time, so that they stay in the L1 cache. */
  private static final int ROWS = 64;

  public final MemorySegment data;
  private final Kernels kernels;
  private final int rows;
  private final int columns;

  public Panels(Kernels kernels, int rows, int columns) {
    this.kernels = kernels;
    this.rows = rows;
    this.columns = columns;
    this.data =
        kernels.allocate(Math.multiplyExact(Blocks.roundUp(columns, kernels.panel()), rows));
  }

  /** Returns the number of panels. */
  public int count() {
    return Math.ceilDiv(columns, kernels.panel());
  }

  /** Returns the offset of row {@code row} of panel {@code panel}. */
  public int offset(int panel, int row) {
    return (panel * rows + row) * kernels.panel();
  }

  /** Fills the panels from a matrix whose element (0, 0) is at {@code from}. */
  public void fill(float[] source, int from, int rowStride, int columnStride) {
    pack(kernels, source, from, rowStride, columnStride, rows, columns, data, 0, rows);
  }

  /**
   * Packs a matrix into panels of {@code stride} rows each.
   *
   * @param to where row 0 of panel 0 goes
   */
  public static void pack(
      Kernels kernels,
      float[] source,
      int from,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      MemorySegment target,
      int to,
      int stride) {
    int width = kernels.panel();
    boolean whole = columnStride == 1 && columns % width == 0;
    float[] block = new float[whole ? 0 : Math.min(rows, ROWS) * width];
    for (int c = 0; c < columns; c += width) {
      int count = Math.min(width, columns - c);
      int panel = to + c * stride;
      int origin = from + c * columnStride;
      if (columnStride == 1 && count == width) {
        kernels.loadPanel(source, origin, rowStride, rows, target, panel);
      } else {
        if (count < width) {
          Arrays.fill(block, 0f);
        }
        part(kernels, source, origin, rowStride, columnStride, rows, count, block, target, panel);
      }
    }
  }

  /**
   * Gathers a panel's columns on the heap first, a few rows at a time: storing single elements off
   * the heap costs more than a second copy.
   */
  private static void part(
      Kernels kernels,
      float[] source,
      int from,
      int rowStride,
      int columnStride,
      int rows,
      int count,
      float[] block,
      MemorySegment target,
      int to) {
    int width = kernels.panel();
    for (int first = 0; first < rows; first += ROWS) {
      int height = Math.min(ROWS, rows - first);
      int origin = from + first * rowStride;
      for (int j = 0; j < count; j++) {
        column(source, origin + j * columnStride, rowStride, height, block, j, width);
      }
      kernels.loadPanel(block, 0, width, height, target, to + first * width);
    }
  }

  private static void column(
      float[] source, int from, int stride, int rows, float[] block, int to, int width) {
    if (stride == 1) {
      for (int r = 0; r < rows; r++) {
        block[to + r * width] = source[from + r];
      }
    } else {
      for (int r = 0; r < rows; r++) {
        block[to + r * width] = source[from + r * stride];
      }
    }
  }

  /** Writes the transpose of [rows, columns] as rows of stride {@code ldt}. */
  public static void transpose(
      float[] source,
      int from,
      int rowStride,
      int rows,
      int columns,
      float[] target,
      int to,
      int ldt) {
    for (int c = 0; c < columns; c++) {
      int origin = from + c;
      int row = to + c * ldt;
      for (int r = 0; r < rows; r++) {
        target[row + r] = source[origin + r * rowStride];
      }
    }
  }
}
