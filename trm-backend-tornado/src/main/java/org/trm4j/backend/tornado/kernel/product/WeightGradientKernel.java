package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds {@code sum over sequences and r of X[r, m] Y[r, n]} to G[m, n], four rows of one column an
 * item. One item adds in the order of the sequences, so the sum does not depend on the launch.
 * Launch: columns x rows / 4.
 */
public final class WeightGradientKernel {
  static final int X = 0;
  static final int Y = 2;
  static final int GRADIENT = 4;
  static final int ROWS = 6;
  static final int COLUMNS = 8;
  static final int LENGTH = 10;
  static final int X_ROW = 12;
  static final int X_INNER = 14;
  static final int Y_COLUMN = 16;
  static final int Y_INNER = 18;

  private WeightGradientKernel() {}

  /**
   * Operands from {@code at}: X, Y, G; rows, columns, terms of a sequence, floats of X from a row
   * of G to the next and from a term to the next, floats of Y from a column of G to the next and
   * from a term to the next.
   */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int column = context.globalIdx;
    int row = context.globalIdy * 4;
    int columns = operands.get(at + COLUMNS);
    if (column < columns) {
      int length = operands.get(at + LENGTH);
      int xRow = operands.get(at + X_ROW);
      int xInner = operands.get(at + X_INNER);
      int yInner = operands.get(at + Y_INNER);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int x0 = Address.of(operands, at + X, p) + row * xRow;
        int x1 = x0 + r1 * xRow;
        int x2 = x0 + r2 * xRow;
        int x3 = x0 + r3 * xRow;
        int from = Address.of(operands, at + Y, p) + column * operands.get(at + Y_COLUMN);
        // A sum of its own for each sequence: rounding grows with the number of terms.
        float t0 = 0f;
        float t1 = 0f;
        float t2 = 0f;
        float t3 = 0f;
        for (int r = 0; r < length; r++) {
          float b = arena.get(from + r * yInner);
          t0 += arena.get(x0 + r * xInner) * b;
          t1 += arena.get(x1 + r * xInner) * b;
          t2 += arena.get(x2 + r * xInner) * b;
          t3 += arena.get(x3 + r * xInner) * b;
        }
        s0 += t0;
        s1 += t1;
        s2 += t2;
        s3 += t3;
      }
      int to = operands.get(at + GRADIENT) + row * columns + column;
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
