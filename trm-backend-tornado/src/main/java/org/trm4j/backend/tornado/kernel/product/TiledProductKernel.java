package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The products of {@link ProductKernel} for devices with many small processors: a group of 64 items
 * has eight rows and 64 columns. It loads 64 terms of X at a time into local memory, where all its
 * items read them; neighbouring items read neighbouring floats of Y. Launch: columns x rows / 8 x
 * sequences, in groups of 64 x 1 x 1.
 */
public final class TiledProductKernel {
  /** Items of a group, and terms of a tile. */
  public static final int TILE = 64;

  private static final int ROWS = 8;

  private TiledProductKernel() {}

  /** Operands from {@code at}: those of {@link ProductKernel}. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at) {
    float[] tile = context.allocateFloatLocalArray(ROWS * TILE);
    int lane = context.localIdx;
    int column = context.globalIdx;
    int row = context.globalIdy * ROWS;
    int p = context.globalIdz;
    int columns = operands.get(at + ProductKernel.COLUMNS);
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
    int from = Address.of(operands, at + ProductKernel.Y, p) + column;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    // An idle group takes no tile; all of its items meet the same barriers.
    int end = Address.works(operands, active, p) ? inner : 0;
    for (int first = 0; first < end; first += TILE) {
      int count = inner - first < TILE ? inner - first : TILE;
      context.localBarrier();
      if (lane < count) {
        int term = x0 + (first + lane) * xInner;
        tile[lane] = x.get(term);
        tile[TILE + lane] = x.get(term + r1 * xRow);
        tile[2 * TILE + lane] = x.get(term + r2 * xRow);
        tile[3 * TILE + lane] = x.get(term + r3 * xRow);
        tile[4 * TILE + lane] = x.get(term + r4 * xRow);
        tile[5 * TILE + lane] = x.get(term + r5 * xRow);
        tile[6 * TILE + lane] = x.get(term + r6 * xRow);
        tile[7 * TILE + lane] = x.get(term + r7 * xRow);
      }
      context.localBarrier();
      if (column < columns) {
        // Sums of sums, because rounding grows with the number of terms.
        float t0 = 0f;
        float t1 = 0f;
        float t2 = 0f;
        float t3 = 0f;
        float t4 = 0f;
        float t5 = 0f;
        float t6 = 0f;
        float t7 = 0f;
        for (int k = 0; k < count; k++) {
          float b = y.get(from + (first + k) * yInner);
          t0 += tile[k] * b;
          t1 += tile[TILE + k] * b;
          t2 += tile[2 * TILE + k] * b;
          t3 += tile[3 * TILE + k] * b;
          t4 += tile[4 * TILE + k] * b;
          t5 += tile[5 * TILE + k] * b;
          t6 += tile[6 * TILE + k] * b;
          t7 += tile[7 * TILE + k] * b;
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
    }
    if (column < columns && end > 0) {
      int offset = row * columns + column;
      if (operands.get(at + ProductKernel.ADDS) != 0) {
        int r = Address.of(operands, at + ProductKernel.R, p) + offset;
        s0 += z.get(r);
        s1 += z.get(r + r1 * columns);
        s2 += z.get(r + r2 * columns);
        s3 += z.get(r + r3 * columns);
        s4 += z.get(r + r4 * columns);
        s5 += z.get(r + r5 * columns);
        s6 += z.get(r + r6 * columns);
        s7 += z.get(r + r7 * columns);
      }
      int to = Address.of(operands, at + ProductKernel.Z, p) + offset;
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
