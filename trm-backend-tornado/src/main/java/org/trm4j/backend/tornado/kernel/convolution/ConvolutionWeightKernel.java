package org.trm4j.backend.tornado.kernel.convolution;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the gradient of a convolution's kernel: for each channel and place in the kernel the sum
 * over sequences and cells, in their order; one item per element. Launch: width x (K x K).
 */
public final class ConvolutionWeightKernel {
  static final int INPUT = 0;
  static final int GRADIENT = 2;
  static final int KERNEL = 4;
  static final int WIDTH = 6;
  static final int ROWS = 8;
  static final int COLUMNS = 10;
  static final int SIZE = 12;

  private ConvolutionWeightKernel() {}

  /**
   * Operands from {@code at}: the rows, the gradient of the result, the kernel [D, K x K]; D, rows
   * and columns of the grid, K.
   */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, FloatArray gradients, int at) {
    int channel = context.globalIdx;
    int tap = context.globalIdy;
    int width = operands.get(at + WIDTH);
    if (channel < width) {
      int rows = operands.get(at + ROWS);
      int columns = operands.get(at + COLUMNS);
      int size = operands.get(at + SIZE);
      int down = tap / size - size / 2;
      int right = tap - tap / size * size - size / 2;
      int count = operands.get(Address.COUNT);
      float sum = 0f;
      for (int p = 0; p < count; p++) {
        int input = Address.of(operands, at + INPUT, p) + channel;
        int gradient = Address.of(operands, at + GRADIENT, p) + channel;
        for (int row = 0; row < rows; row++) {
          int y = row + down;
          if (y >= 0 && y < rows) {
            for (int column = 0; column < columns; column++) {
              int x = column + right;
              if (x >= 0 && x < columns) {
                float g = arena.get(gradient + (row * columns + column) * width);
                sum += g * arena.get(input + (y * columns + x) * width);
              }
            }
          }
        }
      }
      int to = operands.get(at + KERNEL) + channel * size * size + tap;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
