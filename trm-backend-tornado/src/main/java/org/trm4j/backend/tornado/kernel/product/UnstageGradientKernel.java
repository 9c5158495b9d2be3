package org.trm4j.backend.tornado.kernel.product;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds a library's result to the gradient of a weight; one item per element. Launch: n. */
public final class UnstageGradientKernel {
  private static final int GRADIENT = 0;
  private static final int SIZE = 2;

  private UnstageGradientKernel() {}

  /** Operands from {@code at}: G; n. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray result, FloatArray gradients, int at) {
    int i = context.globalIdx;
    if (i < operands.get(at + SIZE)) {
      int to = operands.get(at + GRADIENT) + i;
      gradients.set(to, gradients.get(to) + result.get(i));
    }
  }
}
