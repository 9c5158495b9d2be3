package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.thread.Worker;

/**
 * {@code gradient [rows, columns] += left right} for one weight; each worker computes its own rows.
 */
final class WeightGradient {
  private static final int MAX_LEFT = 1 << 16;

  private final Kernels kernels;
  private final int offset;
  private final int rows;
  private final int columns;

  WeightGradient(Kernels kernels, int offset, int rows, int columns) {
    this.kernels = kernels;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the number of floats of the left factor for a reduction of the given length. */
  int left(int stride) {
    return Math.multiplyExact(rows, stride);
  }

  /** Returns the number of floats of the right factor, in panels of [stride][NR]. */
  int right(int stride) {
    return Math.multiplyExact(Blocks.roundUp(columns, kernels.panel()), stride);
  }

  /**
   * Adds this worker's share.
   *
   * @param left the left factor, element (i, p) at {@code i * rowStride + p * columnStride}
   * @param stride reserved length of the reduction in the right factor
   * @param length its present length
   */
  void add(
      float[] left,
      int rowStride,
      int columnStride,
      MemorySegment right,
      int stride,
      int length,
      float[] gradient,
      Worker worker) {
    int tile = kernels.tileRows();
    int block = Math.clamp(MAX_LEFT / length / tile * tile, 24, 98);
    block = Blocks.roundUp(block, tile);
    int to = worker.to(rows);
    for (int from = worker.from(rows); from < to; from += block) {
      int count = Math.min(block, to - from);
      int floats = kernels.leftFloats(count, length);
      float[] scratch = worker.scratch(floats + count * kernels.panel());
      Left factor =
          kernels.left(left, from * rowStride, rowStride, columnStride, count, length, scratch, 0);
      block(factor, right, stride, length, gradient, from, scratch, floats);
    }
  }

  private void block(
      Left left,
      MemorySegment right,
      int stride,
      int length,
      float[] gradient,
      int from,
      float[] scratch,
      int part) {
    int panel = kernels.panel();
    for (int c = 0; c < columns; c += panel) {
      int to = offset + from * columns + c;
      if (columns - c >= panel) {
        Blocks.multiply(kernels, left, 0, length, right, c * stride, gradient, to, columns, true);
      } else {
        Blocks.multiply(kernels, left, 0, length, right, c * stride, scratch, part, panel, false);
        accumulate(scratch, part, panel, left.rows(), columns - c, gradient, to);
      }
    }
  }

  private void accumulate(
      float[] part, int at, int panel, int count, int width, float[] gradient, int to) {
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        gradient[to + i * columns + j] += part[at + i * panel + j];
      }
    }
  }
}
