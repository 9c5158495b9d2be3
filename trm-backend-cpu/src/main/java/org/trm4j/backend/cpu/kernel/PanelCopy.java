package org.trm4j.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Moves columns into panels and back. */
public final class PanelCopy {
  private PanelCopy() {}

  /**
   * Copies columns into a panel [rows][NR] of {@link Kernels#allocate}'s memory, followed by zeros.
   */
  public static void load(
      Kernels kernels,
      float[] from,
      int at,
      int stride,
      int rows,
      int columns,
      MemorySegment to,
      int to0) {
    Panels.pack(kernels, from, at, stride, 1, rows, columns, to, to0, rows);
  }

  /** Copies columns into a panel [rows][panel], followed by zeros. */
  public static void load(
      Kernels kernels,
      float[] from,
      int at,
      int stride,
      int rows,
      int columns,
      float[] to,
      int to0,
      int panel) {
    if (columns == kernels.panel()) {
      kernels.copyPanel(from, at, stride, rows, to, to0, panel);
      return;
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, at + i * stride, to, to0 + i * panel, columns);
      Arrays.fill(to, to0 + i * panel + columns, to0 + (i + 1) * panel, 0f);
    }
  }

  /** Copies the columns of rows of stride {@code panel} to rows of another stride. */
  public static void store(
      Kernels kernels,
      float[] from,
      int at,
      int panel,
      int rows,
      int columns,
      float[] to,
      int to0,
      int stride) {
    if (columns == kernels.panel()) {
      kernels.copyPanel(from, at, panel, rows, to, to0, stride);
      return;
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, at + i * panel, to, to0 + i * stride, columns);
    }
  }

  /** Copies rows of one stride to rows of another. */
  public static void rows(
      float[] from, int at, int stride, int rows, int columns, float[] to, int to0, int toStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, at + i * stride, to, to0 + i * toStride, columns);
    }
  }
}
