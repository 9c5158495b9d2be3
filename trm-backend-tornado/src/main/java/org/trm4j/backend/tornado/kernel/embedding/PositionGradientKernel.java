package org.trm4j.backend.tornado.kernel.embedding;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the sum over sequences to the position table's gradient; one item per element. Launch: n.
 */
public final class PositionGradientKernel {
  private static final int GRADIENT = 0;
  private static final int TABLE_GRADIENT = 2;
  private static final int SIZE = 4;

  private PositionGradientKernel() {}

  /** Operands from {@code at}: gradient of the embedding, gradient of the table; n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      FloatArray arena,
      FloatArray gradients,
      int at,
      float scale) {
    int i = context.globalIdx;
    if (i < operands.get(at + SIZE)) {
      float sum = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        sum += scale * arena.get(Address.of(operands, at + GRADIENT, p) + i);
      }
      int to = operands.get(at + TABLE_GRADIENT) + i;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
