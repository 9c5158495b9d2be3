package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * The sums of {@link GatedProductKernel}, four rows of eight neighbouring columns an item, for
 * columns that are a multiple of eight. Launch: columns / 8 x rows / 4 x sequences.
 */
public final class VectorGatedProductKernel {
  private VectorGatedProductKernel() {}

  /** Operands from {@code at}: those of {@link GatedProductKernel}. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at) {
    int column = context.globalIdx * Lanes.COUNT;
    int row = context.globalIdy * 4;
    int p = context.globalIdz;
    int columns = operands.get(at + GatedProductKernel.COLUMNS);
    if (column < columns && Address.works(operands, active, p)) {
      int inner = operands.get(at + GatedProductKernel.INNER);
      int xRow = operands.get(at + GatedProductKernel.X_ROW);
      int xInner = operands.get(at + GatedProductKernel.X_INNER);
      int xUp = operands.get(at + GatedProductKernel.X_UP);
      int yInner = operands.get(at + GatedProductKernel.Y_INNER);
      int yUp = operands.get(at + GatedProductKernel.Y_UP);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + GatedProductKernel.ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int x0 = Address.of(operands, at + GatedProductKernel.X, p) + row * xRow;
      int x1 = x0 + r1 * xRow;
      int x2 = x0 + r2 * xRow;
      int x3 = x0 + r3 * xRow;
      int from = Address.of(operands, at + GatedProductKernel.Y, p) + column;
      Float8 g0 = Lanes.zero();
      Float8 g1 = Lanes.zero();
      Float8 g2 = Lanes.zero();
      Float8 g3 = Lanes.zero();
      Float8 u0 = Lanes.zero();
      Float8 u1 = Lanes.zero();
      Float8 u2 = Lanes.zero();
      Float8 u3 = Lanes.zero();
      for (int k = 0; k < inner; k++) {
        Float8 g = Lanes.load(y, from + k * yInner);
        Float8 u = Lanes.load(y, from + k * yInner + yUp);
        g0 = Lanes.plus(g0, x.get(x0 + k * xInner), g);
        g1 = Lanes.plus(g1, x.get(x1 + k * xInner), g);
        g2 = Lanes.plus(g2, x.get(x2 + k * xInner), g);
        g3 = Lanes.plus(g3, x.get(x3 + k * xInner), g);
        u0 = Lanes.plus(u0, x.get(x0 + k * xInner + xUp), u);
        u1 = Lanes.plus(u1, x.get(x1 + k * xInner + xUp), u);
        u2 = Lanes.plus(u2, x.get(x2 + k * xInner + xUp), u);
        u3 = Lanes.plus(u3, x.get(x3 + k * xInner + xUp), u);
      }
      int to = Address.of(operands, at + GatedProductKernel.Z, p) + row * columns + column;
      store(z, to, g0, u0);
      store(z, to + r1 * columns, g1, u1);
      store(z, to + r2 * columns, g2, u2);
      store(z, to + r3 * columns, g3, u3);
    }
  }

  private static void store(FloatArray z, int to, Float8 gate, Float8 up) {
    z.set(to, silu(gate.getS0()) * up.getS0());
    z.set(to + 1, silu(gate.getS1()) * up.getS1());
    z.set(to + 2, silu(gate.getS2()) * up.getS2());
    z.set(to + 3, silu(gate.getS3()) * up.getS3());
    z.set(to + 4, silu(gate.getS4()) * up.getS4());
    z.set(to + 5, silu(gate.getS5()) * up.getS5());
    z.set(to + 6, silu(gate.getS6()) * up.getS6());
    z.set(to + 7, silu(gate.getS7()) * up.getS7());
  }

  private static float silu(float value) {
    return value / (1f + TornadoMath.exp(-value));
  }
}
