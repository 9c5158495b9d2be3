package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sign-SGD on the puzzle embedding rows of the batch; one item per element of a slot's row. Only
 * the first slot of each puzzle writes; it first sums the gradients of the others. Launch: width x
 * slots.
 */
public final class SignSgdKernel {
  private static final int SLOTS = 0;
  private static final int WIDTH = 2;
  private static final int RECORD = 4;

  private SignSgdKernel() {}

  /** Operands from {@code at}: slots, width, integers of a record. */
  public static void run(
      KernelContext context,
      IntArray operands,
      FloatArray rule,
      IntArray inputs,
      FloatArray puzzleGradients,
      FloatArray puzzles,
      int at) {
    int i = context.globalIdx;
    int slot = context.globalIdy;
    int width = operands.get(at + WIDTH);
    int record = operands.get(at + RECORD);
    if (i < width && inputs.get(slot * record + SlotRecord.LEADER) == slot) {
      int slots = operands.get(at + SLOTS);
      double sum = 0;
      for (int other = slot; other < slots; other++) {
        if (inputs.get(other * record + SlotRecord.LEADER) == slot) {
          sum += puzzleGradients.get(other * width + i);
        }
      }
      float sign = sum > 0 ? 1f : sum < 0 ? -1f : 0f;
      int row = inputs.get(slot * record + SlotRecord.PUZZLE) * width + i;
      puzzles.set(row, puzzles.get(row) * rule.get(9) - rule.get(10) * sign);
    }
  }
}
