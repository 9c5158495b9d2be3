package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the sum over sequences and rows of dY to the bias's gradient; one item per output. Launch:
 * outputs.
 */
public final class BiasGradientKernel {
  private BiasGradientKernel() {}

  /** Operands from {@code at}: dY, the bias's gradient; rows, outputs. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int output = context.globalIdx;
    int outputs = operands.get(at + 6);
    if (output < outputs) {
      int rows = operands.get(at + 4);
      float sum = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int from = Address.of(operands, at, p) + output;
        for (int row = 0; row < rows; row++) {
          sum += arena.get(from + row * outputs);
        }
      }
      int to = operands.get(at + 2) + output;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
