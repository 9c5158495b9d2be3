package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The mean of rows; one item per channel. Launch: width x 1 x sequences. */
public final class MeanRowsKernel {
  private MeanRowsKernel() {}

  /** Operands from {@code at}: rows, mean; rows to average, width. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int channel = context.globalIdx;
    int p = context.globalIdz;
    int width = operands.get(at + 6);
    if (channel < width && Address.works(operands, active, p)) {
      int rows = operands.get(at + 4);
      int from = Address.of(operands, at, p) + channel;
      float sum = 0f;
      for (int row = 0; row < rows; row++) {
        sum += arena.get(from + row * width);
      }
      arena.set(Address.of(operands, at + 2, p) + channel, sum / rows);
    }
  }
}
