package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sets whether each slot works, and a state of the slots that start anew to its initial vector; an
 * item an element. Launch: slots x n items or more.
 */
final class ResetKernel {
  private ResetKernel() {}

  static void run(
      KernelContext context,
      IntArray inputs,
      IntArray active,
      FloatArray weights,
      FloatArray arena,
      int slots,
      int n,
      int width,
      int initial,
      int state,
      int stride,
      int record) {
    int i = context.globalIdx % n;
    int slot = context.globalIdx / n;
    if (slot < slots) {
      if (inputs.get(slot * record + Inputs.RESET) != 0) {
        arena.set(state + slot * stride + i, weights.get(initial + i % width));
      }
      if (i == 0) {
        active.set(slot, inputs.get(slot * record + Inputs.ACTIVE));
      }
    }
  }
}
