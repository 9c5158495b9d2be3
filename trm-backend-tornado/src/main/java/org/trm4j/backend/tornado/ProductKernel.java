package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix product {@code Z = X Y} or {@code Z = R + X Y} for each sequence, four rows of one column
 * an item. Y and Z are row-major in their columns; the strides of X are free, so that it may be
 * read transposed. Launch: at least {@link #threads} items, local size free.
 */
final class ProductKernel {
  private ProductKernel() {}

  static int threads(int places, int rows, int columns) {
    return Math.multiplyExact(places, Math.multiplyExact(Math.ceilDiv(rows, 4), columns));
  }

  /** Operands from {@code at}: X, Y, Z, and R where {@code residual} is 1. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at,
      int rows,
      int columns,
      int inner,
      int xRow,
      int xInner,
      int yInner,
      int residual) {
    int id = context.globalIdx;
    int column = id % columns;
    int groups = (rows + 3) / 4;
    int row = (id / columns) % groups * 4;
    int p = id / columns / groups;
    if (Address.works(operands, active, p)) {
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = rows - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int x0 = Address.of(operands, at, p) + row * xRow;
      int x1 = x0 + r1 * xRow;
      int x2 = x0 + r2 * xRow;
      int x3 = x0 + r3 * xRow;
      int from = Address.of(operands, at + 2, p) + column;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      for (int k = 0; k < inner; k++) {
        float b = y.get(from + k * yInner);
        s0 += x.get(x0 + k * xInner) * b;
        s1 += x.get(x1 + k * xInner) * b;
        s2 += x.get(x2 + k * xInner) * b;
        s3 += x.get(x3 + k * xInner) * b;
      }
      if (residual != 0) {
        int r = Address.of(operands, at + 6, p) + row * columns + column;
        s0 += z.get(r);
        s1 += z.get(r + r1 * columns);
        s2 += z.get(r + r2 * columns);
        s3 += z.get(r + r3 * columns);
      }
      int to = Address.of(operands, at + 4, p) + row * columns + column;
      z.set(to, s0);
      z.set(to + r1 * columns, s1);
      z.set(to + r2 * columns, s2);
      z.set(to + r3 * columns, s3);
    }
  }
}
