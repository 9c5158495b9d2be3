package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Sets whether each slot works, and its count of draws; one item per slot. Launch: slots. */
public final class ActivateKernel {
  private static final int SLOTS = 0;
  private static final int RECORD = 2;

  private ActivateKernel() {}

  /** Operands from {@code at}: slots, integers of a record. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      IntArray active,
      IntArray draws,
      int at) {
    int slot = context.globalIdx;
    if (slot < operands.get(at + SLOTS)) {
      int from = slot * operands.get(at + RECORD);
      active.set(slot, inputs.get(from + SlotRecord.ACTIVE));
      if (inputs.get(from + SlotRecord.COUNT) != 0) {
        int to = slot * SlotRecord.DRAW;
        draws.set(to, inputs.get(from + SlotRecord.DRAWS));
        draws.set(to + 1, inputs.get(from + SlotRecord.DRAWS + 1));
      }
    }
  }
}
