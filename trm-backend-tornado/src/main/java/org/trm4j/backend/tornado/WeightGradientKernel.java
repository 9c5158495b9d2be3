package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds {@code sum over sequences and r of X[r, m] Y[r, n]} to G[m, n], four rows of one column an
 * item. One item adds in the order of the sequences: the sum does not depend on the launch. Launch:
 * at least {@link #threads} items, local size free.
 */
final class WeightGradientKernel {
  private WeightGradientKernel() {}

  static int threads(int rows, int columns) {
    return Math.multiplyExact(Math.ceilDiv(rows, 4), columns);
  }

  /** Operands from {@code at}: X, Y, G. */
  static void run(
      KernelContext context,
      IntArray operands,
      FloatArray arena,
      FloatArray gradients,
      int at,
      int rows,
      int columns,
      int length,
      int xInner,
      int xRow,
      int yInner,
      int yColumn) {
    int id = context.globalIdx;
    int column = id % columns;
    int row = id / columns * 4;
    if (row < rows) {
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = rows - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int x0 = Address.of(operands, at, p) + row * xRow;
        int x1 = x0 + r1 * xRow;
        int x2 = x0 + r2 * xRow;
        int x3 = x0 + r3 * xRow;
        int from = Address.of(operands, at + 2, p) + column * yColumn;
        for (int r = 0; r < length; r++) {
          float b = arena.get(from + r * yInner);
          s0 += arena.get(x0 + r * xInner) * b;
          s1 += arena.get(x1 + r * xInner) * b;
          s2 += arena.get(x2 + r * xInner) * b;
          s3 += arena.get(x3 + r * xInner) * b;
        }
      }
      int to = operands.get(at + 4) + row * columns + column;
      s0 += gradients.get(to);
      s1 += gradients.get(to + r1 * columns);
      s2 += gradients.get(to + r2 * columns);
      s3 += gradients.get(to + r3 * columns);
      gradients.set(to, s0);
      gradients.set(to + r1 * columns, s1);
      gradients.set(to + r2 * columns, s2);
      gradients.set(to + r3 * columns, s3);
    }
  }
}
