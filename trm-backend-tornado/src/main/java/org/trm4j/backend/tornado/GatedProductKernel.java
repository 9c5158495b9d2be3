package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code Z = silu(X_g Y_g) * (X_u Y_u)} for each sequence, two rows of one column an item. The up
 * factors lie {@code xUp} and {@code yUp} floats behind the gate's. Launch: at least {@link
 * #threads} items, local size free.
 */
final class GatedProductKernel {
  private GatedProductKernel() {}

  static int threads(int places, int rows, int columns) {
    return Math.multiplyExact(places, Math.multiplyExact(Math.ceilDiv(rows, 2), columns));
  }

  /** Operands from {@code at}: X, Y, Z. */
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
      int xUp,
      int yInner,
      int yUp) {
    int id = context.globalIdx;
    int column = id % columns;
    int groups = (rows + 1) / 2;
    int row = (id / columns) % groups * 2;
    int p = id / columns / groups;
    if (Address.works(operands, active, p)) {
      // A row past the end repeats the last one, and writes what it writes: no branch.
      int next = rows - 1 - row < 1 ? rows - 1 - row : 1;
      int x0 = Address.of(operands, at, p) + row * xRow;
      int x1 = x0 + next * xRow;
      int from = Address.of(operands, at + 2, p) + column;
      float g0 = 0f;
      float g1 = 0f;
      float u0 = 0f;
      float u1 = 0f;
      for (int k = 0; k < inner; k++) {
        float g = y.get(from + k * yInner);
        float u = y.get(from + k * yInner + yUp);
        g0 += x.get(x0 + k * xInner) * g;
        g1 += x.get(x1 + k * xInner) * g;
        u0 += x.get(x0 + k * xInner + xUp) * u;
        u1 += x.get(x1 + k * xInner + xUp) * u;
      }
      int to = Address.of(operands, at + 4, p) + row * columns + column;
      z.set(to, g0 / (1f + TornadoMath.exp(-g0)) * u0);
      z.set(to + next * columns, g1 / (1f + TornadoMath.exp(-g1)) * u1);
    }
  }
}
