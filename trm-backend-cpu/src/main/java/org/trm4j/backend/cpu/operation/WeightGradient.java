package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.thread.Worker;

/** {@code gradient [rows, columns] += left right} for one weight, each worker for its own rows. */
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

  /** Returns the floats of the left factor, [rows][stride]. */
  int left(int stride) {
    return Math.multiplyExact(rows, stride);
  }

  /** Returns the floats of the right factor, panels of [stride][NR]. */
  int right(int stride) {
    return Math.multiplyExact(Blocks.roundUp(columns, kernels.panel()), stride);
  }

  /**
   * Adds this worker's share.
   *
   * @param stride reserved length of the reduction, the row stride of both factors
   * @param length its present length
   */
  void add(float[] left, float[] right, int stride, int length, float[] gradient, Worker worker) {
    int block = Math.clamp(MAX_LEFT / length / 6 * 6, 24, 96);
    for (int from = worker.from(rows); from < worker.to(rows); from += block) {
      block(
          left,
          right,
          stride,
          length,
          gradient,
          worker,
          from,
          Math.min(block, worker.to(rows) - from));
    }
  }

  private void block(
      float[] left,
      float[] right,
      int stride,
      int length,
      float[] gradient,
      Worker worker,
      int from,
      int count) {
    int panel = kernels.panel();
    float[] scratch = worker.scratch(count * panel);
    for (int c = 0; c < columns; c += panel) {
      int to = offset + from * columns + c;
      boolean whole = columns - c >= panel;
      Blocks.multiply(
          kernels,
          left,
          from * stride,
          stride,
          count,
          length,
          right,
          c * stride,
          whole ? gradient : scratch,
          whole ? to : 0,
          whole ? columns : panel,
          whole);
      if (!whole) {
        accumulate(scratch, panel, count, columns - c, gradient, to);
      }
    }
  }

  private void accumulate(float[] part, int panel, int count, int width, float[] gradient, int to) {
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        gradient[to + i * columns + j] += part[i * panel + j];
      }
    }
  }
}
