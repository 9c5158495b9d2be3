package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the gradient of each slot's own puzzle embedding row; an item an element. Launch:
 * sequences x width items or more.
 */
final class PuzzleGradientKernel {
  private PuzzleGradientKernel() {}

  /** Operand {@code at}: gradient of the embedding. */
  static void run(
      KernelContext context,
      IntArray operands,
      FloatArray arena,
      FloatArray puzzleGradients,
      int at,
      int width,
      float scale) {
    int i = context.globalIdx % width;
    int p = context.globalIdx / width;
    if (p < operands.get(Address.COUNT)) {
      int to = (operands.get(Address.FIRST) + p) * width + i;
      puzzleGradients.set(to, scale * arena.get(Address.of(operands, at, p) + i));
    }
  }
}
