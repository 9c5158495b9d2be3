package org.trm4j.backend.tornado.kernel.convolution;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds a depthwise convolution of the rows to the rows, or, for the gradient, its transpose: there
 * a neighbour lies in the opposite direction. One item per element. Launch: width x cells x
 * sequences.
 */
public final class ConvolutionKernel {
  static final int INPUT = 0;
  static final int OUTPUT = 2;
  static final int KERNEL = 4;
  static final int WIDTH = 6;
  static final int ROWS = 8;
  static final int COLUMNS = 10;
  static final int SIZE = 12;
  static final int DIRECTION = 14;

  private ConvolutionKernel() {}

  /**
   * Operands from {@code at}: the rows, the result, the kernel [D, K x K]; D, rows and columns of
   * the grid, K, and 1 for the convolution or -1 for its transpose.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray weights,
      FloatArray arena,
      int at) {
    int channel = context.globalIdx;
    int cell = context.globalIdy;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (channel < width && Address.works(operands, active, p)) {
      int rows = operands.get(at + ROWS);
      int columns = operands.get(at + COLUMNS);
      int size = operands.get(at + SIZE);
      int direction = operands.get(at + DIRECTION);
      int half = size / 2;
      int row = cell / columns;
      int column = cell - row * columns;
      int from = Address.of(operands, at + INPUT, p) + channel;
      int kernel = operands.get(at + KERNEL) + channel * size * size;
      float sum = arena.get(from + cell * width);
      for (int i = 0; i < size; i++) {
        int y = row + direction * (i - half);
        if (y >= 0 && y < rows) {
          for (int j = 0; j < size; j++) {
            int x = column + direction * (j - half);
            if (x >= 0 && x < columns) {
              float weight = weights.get(kernel + i * size + j);
              sum += weight * arena.get(from + (y * columns + x) * width);
            }
          }
        }
      }
      arena.set(Address.of(operands, at + OUTPUT, p) + cell * width + channel, sum);
    }
  }
}
