package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The logistic function of the largest of some logits, or, at an example's last step, of a separate
 * logit; one item per sequence. Launch: sequences.
 */
public final class NextStepTargetKernel {
  private static final int TARGET = 0;
  private static final int LAST = 2;
  private static final int OTHERS = 4;
  private static final int RECORD = 6;
  private static final int FIRST_OTHER = 8;

  private NextStepTargetKernel() {}

  /**
   * Operands from {@code at}: target, the logit of the last step; the number of the others,
   * integers of a record; then the others.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      IntArray inputs,
      FloatArray arena,
      int at) {
    int p = context.globalIdx;
    if (Address.works(operands, active, p)) {
      int count = operands.get(at + OTHERS);
      int record = operands.get(at + RECORD);
      int slot = operands.get(Address.FIRST) + p;
      float largest = arena.get(Address.of(operands, at + FIRST_OTHER, p));
      for (int i = 1; i < count; i++) {
        float v = arena.get(Address.of(operands, at + FIRST_OTHER + 2 * i, p));
        largest = v > largest ? v : largest;
      }
      float last = arena.get(Address.of(operands, at + LAST, p));
      boolean ends = inputs.get(slot * record + SlotRecord.LAST) != 0;
      double logit = ends ? last : largest;
      arena.set(Address.of(operands, at + TARGET, p), (float) (1 / (1 + TornadoMath.exp(-logit))));
    }
  }
}
