package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the transpose of a weight; one item per element. Launch: as many items as the largest
 * weight has or more.
 */
public final class TransposeKernel {
  private TransposeKernel() {}

  /** Range: first float of the weight [rows, columns] and of its transpose, rows, columns. */
  public static void run(
      KernelContext context, IntArray range, FloatArray weights, FloatArray transposed) {
    int i = context.globalIdx;
    int rows = range.get(2);
    int columns = range.get(3);
    if (i < rows * columns) {
      int column = i / rows;
      int row = i - column * rows;
      transposed.set(range.get(1) + i, weights.get(range.get(0) + row * columns + column));
    }
  }
}
