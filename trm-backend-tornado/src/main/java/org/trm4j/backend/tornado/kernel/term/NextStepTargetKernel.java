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
      int count = operands.get(at + 4);
      int record = operands.get(at + 6);
      int slot = operands.get(Address.FIRST) + p;
      float largest = arena.get(Address.of(operands, at + 8, p));
      for (int i = 1; i < count; i++) {
        float v = arena.get(Address.of(operands, at + 8 + 2 * i, p));
        largest = v > largest ? v : largest;
      }
      float last = arena.get(Address.of(operands, at + 2, p));
      boolean ends = inputs.get(slot * record + SlotRecord.LAST) != 0;
      double logit = ends ? last : largest;
      arena.set(Address.of(operands, at, p), (float) (1 / (1 + TornadoMath.exp(-logit))));
    }
  }
}
