package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * The sums of {@link ProductKernel}, eight rows of eight neighbouring columns an item, for columns
 * that are a multiple of eight. Launch: columns / 8 x rows / 8 x sequences.
 */
public final class VectorProductKernel {
  /** Columns of an item, in all kernels of this kind. */
  public static final int COLUMNS = Lanes.COUNT;

  private static final int TERMS = 16;

  private VectorProductKernel() {}

  /** Operands from {@code at}: those of {@link ProductKernel}. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at) {
    int column = context.globalIdx * Lanes.COUNT;
    int row = context.globalIdy * 8;
    int p = context.globalIdz;
    int columns = operands.get(at + ProductKernel.COLUMNS);
    if (column < columns && Address.works(operands, active, p)) {
      int inner = operands.get(at + ProductKernel.INNER);
      int xRow = operands.get(at + ProductKernel.X_ROW);
      int xInner = operands.get(at + ProductKernel.X_INNER);
      int yInner = operands.get(at + ProductKernel.Y_INNER);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + ProductKernel.ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int r4 = last < 4 ? last : 4;
      int r5 = last < 5 ? last : 5;
      int r6 = last < 6 ? last : 6;
      int r7 = last < 7 ? last : 7;
      int x0 = Address.of(operands, at + ProductKernel.X, p) + row * xRow;
      int x1 = x0 + r1 * xRow;
      int x2 = x0 + r2 * xRow;
      int x3 = x0 + r3 * xRow;
      int x4 = x0 + r4 * xRow;
      int x5 = x0 + r5 * xRow;
      int x6 = x0 + r6 * xRow;
      int x7 = x0 + r7 * xRow;
      int from = Address.of(operands, at + ProductKernel.Y, p) + column;
      Float8 s0 = Lanes.zero();
      Float8 s1 = Lanes.zero();
      Float8 s2 = Lanes.zero();
      Float8 s3 = Lanes.zero();
      Float8 s4 = Lanes.zero();
      Float8 s5 = Lanes.zero();
      Float8 s6 = Lanes.zero();
      Float8 s7 = Lanes.zero();
      // Sums of sums, because rounding grows with the number of terms.
      for (int first = 0; first < inner; first += TERMS) {
        Float8 t0 = Lanes.zero();
        Float8 t1 = Lanes.zero();
        Float8 t2 = Lanes.zero();
        Float8 t3 = Lanes.zero();
        Float8 t4 = Lanes.zero();
        Float8 t5 = Lanes.zero();
        Float8 t6 = Lanes.zero();
        Float8 t7 = Lanes.zero();
        int end = first + TERMS < inner ? first + TERMS : inner;
        for (int k = first; k < end; k++) {
          Float8 b = Lanes.load(y, from + k * yInner);
          t0 = Lanes.plus(t0, x.get(x0 + k * xInner), b);
          t1 = Lanes.plus(t1, x.get(x1 + k * xInner), b);
          t2 = Lanes.plus(t2, x.get(x2 + k * xInner), b);
          t3 = Lanes.plus(t3, x.get(x3 + k * xInner), b);
          t4 = Lanes.plus(t4, x.get(x4 + k * xInner), b);
          t5 = Lanes.plus(t5, x.get(x5 + k * xInner), b);
          t6 = Lanes.plus(t6, x.get(x6 + k * xInner), b);
          t7 = Lanes.plus(t7, x.get(x7 + k * xInner), b);
        }
        s0 = Float8.add(s0, t0);
        s1 = Float8.add(s1, t1);
        s2 = Float8.add(s2, t2);
        s3 = Float8.add(s3, t3);
        s4 = Float8.add(s4, t4);
        s5 = Float8.add(s5, t5);
        s6 = Float8.add(s6, t6);
        s7 = Float8.add(s7, t7);
      }
      int offset = row * columns + column;
      if (operands.get(at + ProductKernel.ADDS) != 0) {
        int r = Address.of(operands, at + ProductKernel.R, p) + offset;
        s0 = Float8.add(s0, Lanes.load(z, r));
        s1 = Float8.add(s1, Lanes.load(z, r + r1 * columns));
        s2 = Float8.add(s2, Lanes.load(z, r + r2 * columns));
        s3 = Float8.add(s3, Lanes.load(z, r + r3 * columns));
        s4 = Float8.add(s4, Lanes.load(z, r + r4 * columns));
        s5 = Float8.add(s5, Lanes.load(z, r + r5 * columns));
        s6 = Float8.add(s6, Lanes.load(z, r + r6 * columns));
        s7 = Float8.add(s7, Lanes.load(z, r + r7 * columns));
      }
      int to = Address.of(operands, at + ProductKernel.Z, p) + offset;
      Lanes.store(z, to, s0);
      Lanes.store(z, to + r1 * columns, s1);
      Lanes.store(z, to + r2 * columns, s2);
      Lanes.store(z, to + r3 * columns, s3);
      Lanes.store(z, to + r4 * columns, s4);
      Lanes.store(z, to + r5 * columns, s5);
      Lanes.store(z, to + r6 * columns, s6);
      Lanes.store(z, to + r7 * columns, s7);
    }
  }
}
