package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code Z = silu(X_g Y_g) * (X_u Y_u)} for each sequence, four rows of one column an item. The up
 * factors lie behind the gate's. Launch: columns x rows / 4 x sequences.
 */
public final class GatedProductKernel {
  static final int X = 0;
  static final int Y = 2;
  static final int Z = 4;
  static final int ROWS = 6;
  static final int COLUMNS = 8;
  static final int INNER = 10;
  static final int X_ROW = 12;
  static final int X_INNER = 14;
  static final int X_UP = 16;
  static final int Y_INNER = 18;
  static final int Y_UP = 20;

  private GatedProductKernel() {}

  /**
   * Operands from {@code at}: X, Y, Z; rows, columns, inner, floats from a row of X to the next,
   * from a term of X to the next, from X's gate to its up, from a term of Y to the next, and from
   * Y's gate to its up.
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
    int row = context.globalIdy * 4;
    int p = context.globalIdz;
    int columns = operands.get(at + COLUMNS);
    if (column < columns && Address.works(operands, active, p)) {
      int inner = operands.get(at + INNER);
      int xRow = operands.get(at + X_ROW);
      int xInner = operands.get(at + X_INNER);
      int xUp = operands.get(at + X_UP);
      int yInner = operands.get(at + Y_INNER);
      int yUp = operands.get(at + Y_UP);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int x0 = Address.of(operands, at + X, p) + row * xRow;
      int x1 = x0 + r1 * xRow;
      int x2 = x0 + r2 * xRow;
      int x3 = x0 + r3 * xRow;
      int from = Address.of(operands, at + Y, p) + column;
      float g0 = 0f;
      float g1 = 0f;
      float g2 = 0f;
      float g3 = 0f;
      float u0 = 0f;
      float u1 = 0f;
      float u2 = 0f;
      float u3 = 0f;
      for (int k = 0; k < inner; k++) {
        float g = y.get(from + k * yInner);
        float u = y.get(from + k * yInner + yUp);
        g0 += x.get(x0 + k * xInner) * g;
        g1 += x.get(x1 + k * xInner) * g;
        g2 += x.get(x2 + k * xInner) * g;
        g3 += x.get(x3 + k * xInner) * g;
        u0 += x.get(x0 + k * xInner + xUp) * u;
        u1 += x.get(x1 + k * xInner + xUp) * u;
        u2 += x.get(x2 + k * xInner + xUp) * u;
        u3 += x.get(x3 + k * xInner + xUp) * u;
      }
      int to = Address.of(operands, at + Z, p) + row * columns + column;
      z.set(to, g0 / (1f + TornadoMath.exp(-g0)) * u0);
      z.set(to + r1 * columns, g1 / (1f + TornadoMath.exp(-g1)) * u1);
      z.set(to + r2 * columns, g2 / (1f + TornadoMath.exp(-g2)) * u2);
      z.set(to + r3 * columns, g3 / (1f + TornadoMath.exp(-g3)) * u3);
    }
  }
}
