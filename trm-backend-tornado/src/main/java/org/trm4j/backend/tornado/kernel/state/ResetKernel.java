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
    if (i < operands.get(at)) {
      int from = slot * operands.get(at + 10);
      if (inputs.get(from + SlotRecord.RESET) != 0) {
        float initial = weights.get(operands.get(at + 4) + i % operands.get(at + 2));
        arena.set(operands.get(at + 6) + slot * operands.get(at + 8) + i, initial);
      }
    }
  }
}
