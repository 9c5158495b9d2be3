package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the sum over sequences of dq to the bias's gradient; an item an output. Launch: 2 or more.
 */
public final class BiasGradientKernel {
  private BiasGradientKernel() {}

  /** Operands from {@code at}: dq, the bias's gradient. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int head = context.globalIdx;
    if (head < 2) {
      float sum = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        sum += arena.get(Address.of(operands, at, p) + head);
      }
      int to = operands.get(at + 2) + head;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
