package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Resets a state of the restarted slots to its stored vector; one item per element. Launch: n x
 * slots.
 */
public final class ResetKernel {
  private static final int SIZE = 0;
  private static final int WIDTH = 2;
  private static final int VECTOR = 4;
  private static final int STATE = 6;
  private static final int SLOT_STEP = 8;
  private static final int RECORD = 10;

  private ResetKernel() {}

  /**
   * Operands from {@code at}: n, the vector's width, its place among the weights, the state's first
   * float, floats from a slot to the next, integers of a record.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      FloatArray weights,
      FloatArray arena,
      int at) {
    int i = context.globalIdx;
    int slot = context.globalIdy;
    if (i < operands.get(at + SIZE)) {
      int from = slot * operands.get(at + RECORD);
      if (inputs.get(from + SlotRecord.RESET) != 0) {
        float initial = weights.get(operands.get(at + VECTOR) + i % operands.get(at + WIDTH));
        arena.set(operands.get(at + STATE) + slot * operands.get(at + SLOT_STEP) + i, initial);
      }
    }
  }
}
