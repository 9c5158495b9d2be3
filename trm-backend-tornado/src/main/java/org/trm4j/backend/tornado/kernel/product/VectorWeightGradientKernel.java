package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * The sums of {@link WeightGradientKernel}, eight rows of eight neighbouring columns an item, for
 * columns that lie next to each other and are a multiple of eight. Launch: columns / 8 x rows / 8.
 */
public final class VectorWeightGradientKernel {
  private VectorWeightGradientKernel() {}

  /** Operands from {@code at}: those of {@link WeightGradientKernel}. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int column = context.globalIdx * Lanes.COUNT;
    int row = context.globalIdy * 8;
    int columns = operands.get(at + WeightGradientKernel.COLUMNS);
    if (column < columns) {
      int length = operands.get(at + WeightGradientKernel.LENGTH);
      int xRow = operands.get(at + WeightGradientKernel.X_ROW);
      int xInner = operands.get(at + WeightGradientKernel.X_INNER);
      int yInner = operands.get(at + WeightGradientKernel.Y_INNER);
      // Rows past the end repeat the last one, and write what it writes: no branch.
      int last = operands.get(at + WeightGradientKernel.ROWS) - 1 - row;
      int r1 = last < 1 ? last : 1;
      int r2 = last < 2 ? last : 2;
      int r3 = last < 3 ? last : 3;
      int r4 = last < 4 ? last : 4;
      int r5 = last < 5 ? last : 5;
      int r6 = last < 6 ? last : 6;
      int r7 = last < 7 ? last : 7;
      Float8 s0 = Lanes.zero();
      Float8 s1 = Lanes.zero();
      Float8 s2 = Lanes.zero();
      Float8 s3 = Lanes.zero();
      Float8 s4 = Lanes.zero();
      Float8 s5 = Lanes.zero();
      Float8 s6 = Lanes.zero();
      Float8 s7 = Lanes.zero();
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int x0 = Address.of(operands, at + WeightGradientKernel.X, p) + row * xRow;
        int x1 = x0 + r1 * xRow;
        int x2 = x0 + r2 * xRow;
        int x3 = x0 + r3 * xRow;
        int x4 = x0 + r4 * xRow;
        int x5 = x0 + r5 * xRow;
        int x6 = x0 + r6 * xRow;
        int x7 = x0 + r7 * xRow;
        int from = Address.of(operands, at + WeightGradientKernel.Y, p) + column;
        // A sum of its own for each sequence: rounding grows with the number of terms.
        Float8 t0 = Lanes.zero();
        Float8 t1 = Lanes.zero();
        Float8 t2 = Lanes.zero();
        Float8 t3 = Lanes.zero();
        Float8 t4 = Lanes.zero();
        Float8 t5 = Lanes.zero();
        Float8 t6 = Lanes.zero();
        Float8 t7 = Lanes.zero();
        for (int k = 0; k < length; k++) {
          Float8 b = Lanes.load(arena, from + k * yInner);
          t0 = Lanes.plus(t0, arena.get(x0 + k * xInner), b);
          t1 = Lanes.plus(t1, arena.get(x1 + k * xInner), b);
          t2 = Lanes.plus(t2, arena.get(x2 + k * xInner), b);
          t3 = Lanes.plus(t3, arena.get(x3 + k * xInner), b);
          t4 = Lanes.plus(t4, arena.get(x4 + k * xInner), b);
          t5 = Lanes.plus(t5, arena.get(x5 + k * xInner), b);
          t6 = Lanes.plus(t6, arena.get(x6 + k * xInner), b);
          t7 = Lanes.plus(t7, arena.get(x7 + k * xInner), b);
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
      int to = operands.get(at + WeightGradientKernel.GRADIENT) + row * columns + column;
      s0 = Float8.add(s0, Lanes.load(gradients, to));
      s1 = Float8.add(s1, Lanes.load(gradients, to + r1 * columns));
      s2 = Float8.add(s2, Lanes.load(gradients, to + r2 * columns));
      s3 = Float8.add(s3, Lanes.load(gradients, to + r3 * columns));
      s4 = Float8.add(s4, Lanes.load(gradients, to + r4 * columns));
      s5 = Float8.add(s5, Lanes.load(gradients, to + r5 * columns));
      s6 = Float8.add(s6, Lanes.load(gradients, to + r6 * columns));
      s7 = Float8.add(s7, Lanes.load(gradients, to + r7 * columns));
      Lanes.store(gradients, to, s0);
      Lanes.store(gradients, to + r1 * columns, s1);
      Lanes.store(gradients, to + r2 * columns, s2);
      Lanes.store(gradients, to + r3 * columns, s3);
      Lanes.store(gradients, to + r4 * columns, s4);
      Lanes.store(gradients, to + r5 * columns, s5);
      Lanes.store(gradients, to + r6 * columns, s6);
      Lanes.store(gradients, to + r7 * columns, s7);
    }
  }
}
