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
    int rows = operands.get(at + 2);
    int columns = operands.get(at + 4);
    if (column < columns) {
      float value = 0f;
      if (operands.get(at + 10) == 0 || Address.works(operands, active, p)) {
        int from = Address.of(operands, at, p);
        value =
            Bfloat16.round(
                source.get(from + row * operands.get(at + 6) + column * operands.get(at + 8)));
      }
      staged.set((p * rows + row) * columns + column, value);
    }
  }
}
