package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sign-SGD on the puzzle embedding rows of the batch; an item an element of a slot's row. Only the
 * first slot of each puzzle writes, after it has summed the others'. Launch: slots x width items or
 * more.
 */
final class SignSgdKernel {
  private SignSgdKernel() {}

  static void run(
      KernelContext context,
      FloatArray rule,
      IntArray inputs,
      FloatArray puzzleGradients,
      FloatArray puzzles,
      int slots,
      int width,
      int record) {
    int i = context.globalIdx % width;
    int slot = context.globalIdx / width;
    if (slot < slots) {
      if (inputs.get(slot * record + Inputs.LEADER) == slot) {
        double sum = 0;
        for (int other = slot; other < slots; other++) {
          if (inputs.get(other * record + Inputs.LEADER) == slot) {
            sum += puzzleGradients.get(other * width + i);
          }
        }
        float sign = sum > 0 ? 1f : sum < 0 ? -1f : 0f;
        int at = inputs.get(slot * record + Inputs.PUZZLE) * width + i;
        puzzles.set(at, puzzles.get(at) * rule.get(9) - rule.get(10) * sign);
      }
    }
  }
}
