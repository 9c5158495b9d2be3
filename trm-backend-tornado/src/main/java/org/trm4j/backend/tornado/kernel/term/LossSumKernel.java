package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The sum of the rows' losses, in their order; one item per sequence. Launch: sequences. */
public final class LossSumKernel {
  private static final int LOSSES = 0;
  private static final int LOSS = 2;
  private static final int ROWS = 4;

  private LossSumKernel() {}

  /** Operands from {@code at}: loss of each row, loss; rows. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int p = context.globalIdx;
    if (Address.works(operands, active, p)) {
      int rows = operands.get(at + ROWS);
      int from = Address.of(operands, at + LOSSES, p);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += arena.get(from + row);
      }
      arena.set(Address.of(operands, at + LOSS, p), (float) sum);
    }
  }
}
