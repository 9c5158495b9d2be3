package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code out[i, c] = sum over j of weights[h, i, j] x[j, c]}, or with the weights transposed; one
 * item per channel of a position, h its head. Launch: (heads x size) x length x sequences.
 */
public final class AttendKernel {
  private static final int WEIGHTS = 0;
  private static final int X = 2;
  private static final int OUT = 4;
  private static final int CHANNELS = 6;
  private static final int LENGTH = 8;
  private static final int SIZE = 10;
  private static final int X_ROW = 12;
  private static final int OUT_ROW = 14;
  private static final int WEIGHT_ROW = 16;
  private static final int WEIGHT_STEP = 18;

  private AttendKernel() {}

  /**
   * Operands from {@code at}: weights, x, out; heads x size, length, size, floats from a row of x
   * to the next, from a row of out to the next, floats of the weights from an i to the next and
   * from a j to the next.
   */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int c = context.globalIdx;
    int i = context.globalIdy;
    int p = context.globalIdz;
    if (c < operands.get(at + CHANNELS) && Address.works(operands, active, p)) {
      int length = operands.get(at + LENGTH);
      int head = c / operands.get(at + SIZE) * length * length;
      int from = Address.of(operands, at + WEIGHTS, p) + head + i * operands.get(at + WEIGHT_ROW);
      int step = operands.get(at + WEIGHT_STEP);
      int x = Address.of(operands, at + X, p) + c;
      int xRow = operands.get(at + X_ROW);
      float sum = 0f;
      for (int j = 0; j < length; j++) {
        sum += arena.get(from + j * step) * arena.get(x + j * xRow);
      }
      arena.set(Address.of(operands, at + OUT, p) + i * operands.get(at + OUT_ROW) + c, sum);
    }
  }
}
