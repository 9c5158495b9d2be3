package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@link StageKernel} that rounds to bfloat16. */
public final class StageBfloat16Kernel {
  private StageBfloat16Kernel() {}

  /** Operands as those of {@link StageKernel}. */
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
    int rows = operands.get(at + StageKernel.ROWS);
    int columns = operands.get(at + StageKernel.COLUMNS);
    if (column < columns) {
      float value = 0f;
      if (operands.get(at + StageKernel.PER_SEQUENCE) == 0 || Address.works(operands, active, p)) {
        int from = Address.of(operands, at + StageKernel.MATRIX, p);
        value =
            Bfloat16.round(
                source.get(
                    from
                        + row * operands.get(at + StageKernel.ROW_STEP)
                        + column * operands.get(at + StageKernel.COLUMN_STEP)));
      }
      staged.set((p * rows + row) * columns + column, value);
    }
  }
}
