package org.trm4j.backend.cpu.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Left;

/**
 * Products by register tiles of up to fourteen rows by two vectors, for machines with 32 vector
 * registers. The taller the tile, the less often the right factor passes through the caches: the L2
 * cache has to deliver 35 GB/s, where six rows by four vectors need 81.
 *
 * <p>The left factor is packed, [tile][k][rows of the tile], so that one pointer reads it. Rows are
 * spread evenly over as few tiles as possible. A tile with fewer rows than its height repeats the
 * last row, which is harmless because it loads before it stores.
 */
final class TallTile {
  static final int PANEL = 2 * Lanes.COUNT;
  private static final int TALLEST = 14;
  private static final int[] HEIGHTS = {0, 4, 4, 4, 4, 8, 8, 8, 8, 10, 10, 12, 12, 13, 14};

  private TallTile() {}

  private static int tiles(int rows) {
    return (rows + TALLEST - 1) / TALLEST;
  }

  /** Returns the number of floats of a packed left factor. */
  static int floats(int rows, int k) {
    if (rows == 0) {
      return 0;
    }
    int tiles = tiles(rows);
    int each = rows / tiles;
    int more = rows % tiles;
    int padded = more * HEIGHTS[Math.min(each + 1, TALLEST)] + (tiles - more) * HEIGHTS[each];
    return Math.multiplyExact(padded, k);
  }

  static Left pack(
      float[] a, int a0, int rowStride, int columnStride, int rows, int k, float[] out, int o0) {
    int tiles = tiles(rows);
    int at = o0;
    int row = 0;
    for (int i = 0; i < tiles; i++) {
      int count = rows / tiles + (i < rows % tiles ? 1 : 0);
      int from = a0 + row * rowStride;
      int height = HEIGHTS[count];
      if (rowStride == 1) {
        packColumns(a, from, columnStride, count, k, out, at, height);
      } else {
        packRows(a, from, rowStride, columnStride, count, k, out, at, height);
      }
      row += count;
      at += height * k;
    }
    return new Left(out, o0, k, rows, true);
  }

  private static void packRows(
      float[] a,
      int a0,
      int rowStride,
      int columnStride,
      int count,
      int k,
      float[] out,
      int o0,
      int height) {
    for (int i = 0; i < height; i++) {
      int from = a0 + Math.min(i, count - 1) * rowStride;
      for (int p = 0; p < k; p++) {
        out[o0 + p * height + i] = a[from + p * columnStride];
      }
    }
  }

  /**
   * Packs columns by vectors that reach beyond the tile. The next element of the reduction
   * overwrites the excess; the last elements are packed one by one.
   */
  private static void packColumns(
      float[] a, int a0, int columnStride, int count, int k, float[] out, int o0, int height) {
    int reach = Blocks.roundUp(height, Lanes.COUNT);
    int p = 0;
    if (count == height) {
      int whole = k - Math.ceilDiv(reach, height);
      for (; p < whole; p++) {
        int from = a0 + p * columnStride;
        if (from + reach > a.length) {
          break;
        }
        for (int i = 0; i < reach; i += Lanes.COUNT) {
          FloatVector.fromArray(Lanes.FLOATS, a, from + i).intoArray(out, o0 + p * height + i);
        }
      }
    }
    for (; p < k; p++) {
      int from = a0 + p * columnStride;
      int to = o0 + p * height;
      for (int i = 0; i < count; i++) {
        out[to + i] = a[from + i];
      }
      for (int i = count; i < height; i++) {
        out[to + i] = a[from + count - 1];
      }
    }
  }

  static void multiply(
      Left left,
      int from,
      int k,
      MemorySegment b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    int rows = left.rows();
    int tiles = tiles(rows);
    int more = tiles == 0 ? 0 : rows % tiles;
    int each = tiles == 0 ? 0 : rows / tiles;
    int at = left.offset();
    int to = c0;
    for (int i = 0; i < tiles; i++) {
      int count = i < more ? each + 1 : each;
      int height = HEIGHTS[count];
      int a0 = at + from * height;
      float[] a = left.data();
      switch (height) {
        case 14 -> TallestTiles.fourteen(a, a0, count, k, b, b0, c, to, ldc, add);
        case 13 -> TallestTiles.thirteen(a, a0, count, k, b, b0, c, to, ldc, add);
        case 12 -> MiddleTiles.twelve(a, a0, count, k, b, b0, c, to, ldc, add);
        case 10 -> MiddleTiles.ten(a, a0, count, k, b, b0, c, to, ldc, add);
        case 8 -> ShortTiles.eight(a, a0, count, k, b, b0, c, to, ldc, add);
        default -> ShortTiles.four(a, a0, count, k, b, b0, c, to, ldc, add);
      }
      at += height * left.stride();
      to += count * ldc;
    }
  }
}
