package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads a library's result, which holds a gate and an up product: {@code Z = silu(gate) * up} for
 * each sequence, in the arena, or one after the other in the array that a library reads next, where
 * idle sequences get zeros as in {@link StageKernel}. An item has four rows of a column. Launch:
 * columns x rows / 4 x sequences.
 */
public final class UnstageGatedKernel {
  /** Rows of an item. */
  public static final int ROWS_EACH = 4;

  private static final int Z = 0;
  private static final int ROWS = 2;
  private static final int COLUMNS = 4;
  private static final int ROW_STEP = 6;
  private static final int UP = 8;
  private static final int STAGED = 10;
  private static final int ROUNDED = 12;

  private UnstageGatedKernel() {}

  /**
   * Operands from {@code at}: Z; rows, columns, floats from a row of the result to the next, and
   * from a gate to its up; 1 where Z is the array of a library, 1 where values are rounded to
   * bfloat16.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray result,
      FloatArray z,
      int at) {
    int column = context.globalIdx;
    int row = context.globalIdy * ROWS_EACH;
    int p = context.globalIdz;
    int columns = operands.get(at + COLUMNS);
    int works = Address.works(operands, active, p) ? 1 : 0;
    int staged = operands.get(at + STAGED);
    if (column < columns && works + staged > 0) {
      int rows = operands.get(at + ROWS);
      int last = rows - 1 - row;
      float v0 = 0f;
      float v1 = 0f;
      float v2 = 0f;
      float v3 = 0f;
      if (works > 0) {
        int step = operands.get(at + ROW_STEP);
        int up = operands.get(at + UP);
        int from = p * 2 * rows * columns + row * step + column;
        int f1 = from + (last < 1 ? last : 1) * step;
        int f2 = from + (last < 2 ? last : 2) * step;
        int f3 = from + (last < 3 ? last : 3) * step;
        float g0 = result.get(from);
        float g1 = result.get(f1);
        float g2 = result.get(f2);
        float g3 = result.get(f3);
        float u0 = result.get(from + up);
        float u1 = result.get(f1 + up);
        float u2 = result.get(f2 + up);
        float u3 = result.get(f3 + up);
        v0 = g0 / (1f + TornadoMath.exp(-g0)) * u0;
        v1 = g1 / (1f + TornadoMath.exp(-g1)) * u1;
        v2 = g2 / (1f + TornadoMath.exp(-g2)) * u2;
        v3 = g3 / (1f + TornadoMath.exp(-g3)) * u3;
        if (operands.get(at + ROUNDED) != 0) {
          v0 = Bfloat16.round(v0);
          v1 = Bfloat16.round(v1);
          v2 = Bfloat16.round(v2);
          v3 = Bfloat16.round(v3);
        }
      }
      int start = staged > 0 ? p * rows * columns : Address.of(operands, at + Z, p);
      int to = start + row * columns + column;
      z.set(to, v0);
      if (last >= 1) {
        z.set(to + columns, v1);
      }
      if (last >= 2) {
        z.set(to + 2 * columns, v2);
      }
      if (last >= 3) {
        z.set(to + 3 * columns, v3);
      }
    }
  }
}
