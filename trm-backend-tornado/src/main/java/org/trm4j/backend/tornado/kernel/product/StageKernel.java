package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Copies a matrix of each sequence, row-major and one after the other, to the array that a library
 * reads. Idle sequences get zeros, so that they add nothing to a sum. Launch: columns x rows x
 * sequences, or x 1 if all share the matrix.
 */
public final class StageKernel {
  private StageKernel() {}

  /**
   * Operands from {@code at}: the matrix; rows, columns, floats from a row to the next and from a
   * column to the next, 1 where each sequence has its own.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray source,
      FloatArray staged,
      int at) {
    int column = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int rows = operands.get(at + 2);
    int columns = operands.get(at + 4);
    if (column < columns) {
      float value = 0f;
      if (operands.get(at + 10) == 0 || Address.works(operands, active, p)) {
        int from = Address.of(operands, at, p);
        value = source.get(from + row * operands.get(at + 6) + column * operands.get(at + 8));
      }
      staged.set((p * rows + row) * columns + column, value);
    }
  }
}
