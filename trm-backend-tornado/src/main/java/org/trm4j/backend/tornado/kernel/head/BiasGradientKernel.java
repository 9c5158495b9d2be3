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
  private static final int OUTPUT_GRADIENT = 0;
  private static final int BIAS_GRADIENT = 2;
  private static final int ROWS = 4;
  private static final int OUTPUTS = 6;

  private BiasGradientKernel() {}

  /** Operands from {@code at}: dY, the bias's gradient; rows, outputs. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int output = context.globalIdx;
    int outputs = operands.get(at + OUTPUTS);
    if (output < outputs) {
      int rows = operands.get(at + ROWS);
      float sum = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int from = Address.of(operands, at + OUTPUT_GRADIENT, p) + output;
        for (int row = 0; row < rows; row++) {
          sum += arena.get(from + row * outputs);
        }
      }
      int to = operands.get(at + BIAS_GRADIENT) + output;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
