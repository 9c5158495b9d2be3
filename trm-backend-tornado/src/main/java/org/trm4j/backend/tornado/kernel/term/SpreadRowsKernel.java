package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the gradients of the rows that a head has read to their positions, and zeros to the other
 * rows; one item per channel of a position. Launch: width x length x sequences.
 */
public final class SpreadRowsKernel {
  private static final int GRADIENTS = 0;
  private static final int OUTPUT = 2;
  private static final int START = 4;
  private static final int ROWS = 6;
  private static final int WIDTH = 8;
  private static final int SHARED = 10;

  private SpreadRowsKernel() {}

  /**
   * Operands from {@code at}: gradients of the rows, output; the first row read, how many were
   * read, width, and how many of them share one gradient, which is divided among them: 1, or all.
   */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int channel = context.globalIdx;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (channel < width && Address.works(operands, active, p)) {
      int row = context.globalIdy - operands.get(at + START);
      int shared = operands.get(at + SHARED);
      float value = 0f;
      if (row >= 0 && row < operands.get(at + ROWS)) {
        int from = Address.of(operands, at + GRADIENTS, p) + row / shared * width;
        value = arena.get(from + channel) / shared;
      }
      int to = Address.of(operands, at + OUTPUT, p) + context.globalIdy * width;
      arena.set(to + channel, value);
    }
  }
}
