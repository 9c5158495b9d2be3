package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix product {@code Z = X Y} or {@code Z = R + X Y} for each sequence, eight rows of one column
 * an item. Y and Z are row-major in their columns; the strides of X are free, so X may be read
 * transposed. Launch: columns x rows / 8 x sequences.
 */
public final class ProductKernel {
  private static final int TERMS = 16;

  static final int X = 0;
  static final int Y = 2;
  static final int Z = 4;
  static final int R = 6;
  static final int ADDS = 8;
  static final int ROWS = 10;
  static final int COLUMNS = 12;
  static final int INNER = 14;
  static final int X_ROW = 16;
  static final int X_INNER = 18;
  static final int Y_INNER = 20;

  private ProductKernel() {}

  /**
   * Operands from {@code at}: X, Y, Z, R; 1 where R is added, rows, columns, inner, floats from a
   * row of X to the next, from a term of X to the next, and from a term of Y to the next.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at) {
    int column = context.globalIdx;
    int row = context.globalIdy * 8;
    int p = context.globalIdz;
    int columns = operands.get(at + COLUMNS);
    if (column < columns && Address.works(operands, active, p)) {
      int inner = operands.get(at + INNER);
      int xRow = operands.get(at + X_ROW);
      int xInner = operands.get(at + X_INNER);
      int yInner = operands.get(at + Y_INNER);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int r4 = last < 4 ? last : 4;
      int r5 = last < 5 ? last : 5;
      int r6 = last < 6 ? last : 6;
      int r7 = last < 7 ? last : 7;
      int x0 = Address.of(operands, at + X, p) + row * xRow;
      int x1 = x0 + r1 * xRow;
      int x2 = x0 + r2 * xRow;
      int x3 = x0 + r3 * xRow;
      int x4 = x0 + r4 * xRow;
      int x5 = x0 + r5 * xRow;
      int x6 = x0 + r6 * xRow;
      int x7 = x0 + r7 * xRow;
      int from = Address.of(operands, at + Y, p) + column;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      float s4 = 0f;
      float s5 = 0f;
      float s6 = 0f;
      float s7 = 0f;
      // Sums of sums, because rounding grows with the number of terms.
      for (int first = 0; first < inner; first += TERMS) {
        float t0 = 0f;
        float t1 = 0f;
        float t2 = 0f;
        float t3 = 0f;
        float t4 = 0f;
        float t5 = 0f;
        float t6 = 0f;
        float t7 = 0f;
        int end = first + TERMS < inner ? first + TERMS : inner;
        for (int k = first; k < end; k++) {
          float b = y.get(from + k * yInner);
          t0 += x.get(x0 + k * xInner) * b;
          t1 += x.get(x1 + k * xInner) * b;
          t2 += x.get(x2 + k * xInner) * b;
          t3 += x.get(x3 + k * xInner) * b;
          t4 += x.get(x4 + k * xInner) * b;
          t5 += x.get(x5 + k * xInner) * b;
          t6 += x.get(x6 + k * xInner) * b;
          t7 += x.get(x7 + k * xInner) * b;
        }
        s0 += t0;
        s1 += t1;
        s2 += t2;
        s3 += t3;
        s4 += t4;
        s5 += t5;
        s6 += t6;
        s7 += t7;
      }
      int offset = row * columns + column;
      if (operands.get(at + ADDS) != 0) {
        int r = Address.of(operands, at + R, p) + offset;
        s0 += z.get(r);
        s1 += z.get(r + r1 * columns);
        s2 += z.get(r + r2 * columns);
        s3 += z.get(r + r3 * columns);
        s4 += z.get(r + r4 * columns);
        s5 += z.get(r + r5 * columns);
        s6 += z.get(r + r6 * columns);
        s7 += z.get(r + r7 * columns);
      }
      int to = Address.of(operands, at + Z, p) + offset;
      z.set(to, s0);
      z.set(to + r1 * columns, s1);
      z.set(to + r2 * columns, s2);
      z.set(to + r3 * columns, s3);
      z.set(to + r4 * columns, s4);
      z.set(to + r5 * columns, s5);
      z.set(to + r6 * columns, s6);
      z.set(to + r7 * columns, s7);
    }
  }
}
