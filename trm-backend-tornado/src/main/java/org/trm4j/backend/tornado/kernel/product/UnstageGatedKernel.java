package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads a library's result, which holds a gate and an up product: {@code Z = silu(gate) * up} for
 * each sequence; one item per element. Launch: columns x rows x sequences.
 */
public final class UnstageGatedKernel {
  private static final int Z = 0;
  private static final int ROWS = 2;
  private static final int COLUMNS = 4;
  private static final int ROW_STEP = 6;
  private static final int UP = 8;

  private UnstageGatedKernel() {}

  /**
   * Operands from {@code at}: Z; rows, columns, floats from a row of the result to the next, and
   * from a gate to its up.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray result,
      FloatArray arena,
      int at) {
    int column = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int columns = operands.get(at + COLUMNS);
    if (column < columns && Address.works(operands, active, p)) {
      int rows = operands.get(at + ROWS);
      int from = p * 2 * rows * columns + row * operands.get(at + ROW_STEP) + column;
      float gate = result.get(from);
      float up = result.get(from + operands.get(at + UP));
      int to = Address.of(operands, at + Z, p) + row * columns + column;
      arena.set(to, gate / (1f + TornadoMath.exp(-gate)) * up);
    }
  }
}
