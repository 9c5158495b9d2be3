package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The products of {@link GatedProductKernel} for devices with many small processors, computed as in
 * {@link TiledProductKernel}: a group of 64 items has four rows and 64 columns. Launch: columns x
 * rows / 4 x sequences, in groups of 64 x 1 x 1.
 */
public final class TiledGatedProductKernel {
  private static final int TILE = TiledProductKernel.TILE;
  private static final int ROWS = 4;

  private TiledGatedProductKernel() {}

  /** Operands from {@code at}: those of {@link GatedProductKernel}. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray x,
      FloatArray y,
      FloatArray z,
      int at) {
    float[] gates = context.allocateFloatLocalArray(ROWS * TILE);
    float[] ups = context.allocateFloatLocalArray(ROWS * TILE);
    int lane = context.localIdx;
    int column = context.globalIdx;
    int row = context.globalIdy * ROWS;
    int p = context.globalIdz;
    int columns = operands.get(at + GatedProductKernel.COLUMNS);
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
    int from = Address.of(operands, at + GatedProductKernel.Y, p) + column;
    float g0 = 0f;
    float g1 = 0f;
    float g2 = 0f;
    float g3 = 0f;
    float u0 = 0f;
    float u1 = 0f;
    float u2 = 0f;
    float u3 = 0f;
    // An idle group takes no tile; all of its items meet the same barriers.
    int end = Address.works(operands, active, p) ? inner : 0;
    for (int first = 0; first < end; first += TILE) {
      int count = inner - first < TILE ? inner - first : TILE;
      context.localBarrier();
      if (lane < count) {
        int term = x0 + (first + lane) * xInner;
        gates[lane] = x.get(term);
        ups[lane] = x.get(term + xUp);
        gates[TILE + lane] = x.get(term + r1 * xRow);
        ups[TILE + lane] = x.get(term + r1 * xRow + xUp);
        gates[2 * TILE + lane] = x.get(term + r2 * xRow);
        ups[2 * TILE + lane] = x.get(term + r2 * xRow + xUp);
        gates[3 * TILE + lane] = x.get(term + r3 * xRow);
        ups[3 * TILE + lane] = x.get(term + r3 * xRow + xUp);
      }
      context.localBarrier();
      if (column < columns) {
        for (int k = 0; k < count; k++) {
          float g = y.get(from + (first + k) * yInner);
          float u = y.get(from + (first + k) * yInner + yUp);
          g0 += gates[k] * g;
          u0 += ups[k] * u;
          g1 += gates[TILE + k] * g;
          u1 += ups[TILE + k] * u;
          g2 += gates[2 * TILE + k] * g;
          u2 += ups[2 * TILE + k] * u;
          g3 += gates[3 * TILE + k] * g;
          u3 += ups[3 * TILE + k] * u;
        }
      }
    }
    if (column < columns && end > 0) {
      int to = Address.of(operands, at + GatedProductKernel.Z, p) + row * columns + column;
      z.set(to, g0 / (1f + TornadoMath.exp(-g0)) * u0);
      z.set(to + r1 * columns, g1 / (1f + TornadoMath.exp(-g1)) * u1);
      z.set(to + r2 * columns, g2 / (1f + TornadoMath.exp(-g2)) * u2);
      z.set(to + r3 * columns, g3 / (1f + TornadoMath.exp(-g3)) * u3);
    }
  }
}
