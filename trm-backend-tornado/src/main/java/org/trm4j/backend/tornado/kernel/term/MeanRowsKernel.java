package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The mean of rows; one item per channel. Launch: width x 1 x sequences. */
public final class MeanRowsKernel {
  private static final int VALUES = 0;
  private static final int MEAN = 2;
  private static final int ROWS = 4;
  private static final int WIDTH = 6;

  private MeanRowsKernel() {}

  /** Operands from {@code at}: rows, mean; rows to average, width. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int channel = context.globalIdx;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (channel < width && Address.works(operands, active, p)) {
      int rows = operands.get(at + ROWS);
      int from = Address.of(operands, at + VALUES, p) + channel;
      float sum = 0f;
      for (int row = 0; row < rows; row++) {
        sum += arena.get(from + row * width);
      }
      arena.set(Address.of(operands, at + MEAN, p) + channel, sum / rows);
    }
  }
}
