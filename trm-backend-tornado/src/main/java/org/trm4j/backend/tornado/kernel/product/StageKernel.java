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
  static final int MATRIX = 0;
  static final int ROWS = 2;
  static final int COLUMNS = 4;
  static final int ROW_STEP = 6;
  static final int COLUMN_STEP = 8;
  static final int PER_SEQUENCE = 10;

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
    int rows = operands.get(at + ROWS);
    int columns = operands.get(at + COLUMNS);
    if (column < columns) {
      float value = 0f;
      if (operands.get(at + PER_SEQUENCE) == 0 || Address.works(operands, active, p)) {
        int from = Address.of(operands, at + MATRIX, p);
        value =
            source.get(
                from + row * operands.get(at + ROW_STEP) + column * operands.get(at + COLUMN_STEP));
      }
      staged.set((p * rows + row) * columns + column, value);
    }
  }
}
