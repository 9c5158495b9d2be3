package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Draws a state of the restarted slots from {@link org.trm4j.plan.GaussianNoise#truncated}; one
 * item per element. Launch: n x slots.
 */
public final class DrawnStartKernel {
  private static final int SIZE = 0;
  private static final int STATE = 2;
  private static final int SLOT_STEP = 4;
  private static final int RECORD = 6;

  private DrawnStartKernel() {}

  /**
   * Operands from {@code at}: n, the state's first float, floats from a slot to the next, integers
   * of a record.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      IntArray draws,
      FloatArray arena,
      int at,
      float std) {
    int i = context.globalIdx;
    int slot = context.globalIdy;
    if (i < operands.get(at + SIZE)) {
      if (inputs.get(slot * operands.get(at + RECORD) + SlotRecord.RESET) != 0) {
        int stream = slot * SlotRecord.DRAW + SlotRecord.STREAM;
        int h = Normals.bits(i, draws.get(stream), draws.get(stream + 1));
        float value = Normals.quantile(0.95449974f * Normals.position(h), h) * 1.1368472f;
        arena.set(operands.get(at + STATE) + slot * operands.get(at + SLOT_STEP) + i, std * value);
      }
    }
  }
}
