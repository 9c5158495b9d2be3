package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** 1 if no row is wrong, else 0; one item per sequence. Launch: sequences. */
public final class ExactTargetKernel {
  private static final int WRONG = 0;
  private static final int TARGET = 2;
  private static final int ROWS = 4;

  private ExactTargetKernel() {}

  /** Operands from {@code at}: wrong, target; rows. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int p = context.globalIdx;
    if (Address.works(operands, active, p)) {
      int rows = operands.get(at + ROWS);
      int from = Address.of(operands, at + WRONG, p);
      float wrong = 0f;
      for (int row = 0; row < rows; row++) {
        wrong += arena.get(from + row);
      }
      arena.set(Address.of(operands, at + TARGET, p), wrong > 0f ? 0f : 1f);
    }
  }
}
