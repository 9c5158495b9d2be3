package org.trm4j.backend.cpu.kernel;

import java.util.Arrays;

/**
 * A matrix [rows, columns] in panels of {@code width} columns, [panels][rows][width]; the last
 * panel is padded with zeros.
 */
public final class Packed {
  public final float[] data;
  private final int width;
  private final int rows;
  private final int columns;

  public Packed(int rows, int columns, int width) {
    this.rows = rows;
    this.columns = columns;
    this.width = width;
    this.data =
        new float
            [Math.multiplyExact(Math.multiplyExact(Math.ceilDiv(columns, width), width), rows)];
  }

  public int panels() {
    return Math.ceilDiv(columns, width);
  }

  /** Returns where row {@code row} of panel {@code panel} starts. */
  public int offset(int panel, int row) {
    return (panel * rows + row) * width;
  }

  /** Fills it from element (0, 0) at {@code from}. */
  public void fill(float[] source, int from, int rowStride, int columnStride) {
    pack(source, from, rowStride, columnStride, rows, columns, data, 0, rows, width);
  }

  /**
   * Packs a matrix into panels of {@code stride} rows each.
   *
   * @param to where row 0 of panel 0 goes
   */
  public static void pack(
      float[] source,
      int from,
      int rowStride,
      int columnStride,
      int rows,
      int columns,
      float[] target,
      int to,
      int stride,
      int width) {
    for (int c = 0; c < columns; c += width) {
      int count = Math.min(width, columns - c);
      int panel = to + c * stride;
      for (int r = 0; r < rows; r++) {
        int at = panel + r * width;
        int origin = from + r * rowStride + c * columnStride;
        if (columnStride == 1) {
          System.arraycopy(source, origin, target, at, count);
        } else {
          for (int j = 0; j < count; j++) {
            target[at + j] = source[origin + j * columnStride];
          }
        }
        if (count < width) {
          Arrays.fill(target, at + count, at + width, 0f);
        }
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
