package org.trm4j.backend.tornado.kernel.embedding;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the gradient of each slot's own puzzle embedding row; one item per element. Launch: width
 * x 1 x sequences.
 */
public final class PuzzleGradientKernel {
  private static final int GRADIENT = 0;
  private static final int WIDTH = 2;

  private PuzzleGradientKernel() {}

  /** Operands from {@code at}: gradient of the embedding; width. */
  public static void run(
      KernelContext context,
      IntArray operands,
      FloatArray arena,
      FloatArray puzzleGradients,
      int at,
      float scale) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (i < width && p < operands.get(Address.COUNT)) {
      int to = (operands.get(Address.FIRST) + p) * width + i;
      puzzleGradients.set(to, scale * arena.get(Address.of(operands, at + GRADIENT, p) + i));
    }
  }
}
