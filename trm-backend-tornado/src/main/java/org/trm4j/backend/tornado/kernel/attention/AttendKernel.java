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
    if (c < operands.get(at + 6) && Address.works(operands, active, p)) {
      int length = operands.get(at + 8);
      int head = c / operands.get(at + 10) * length * length;
      int from = Address.of(operands, at, p) + head + i * operands.get(at + 16);
      int step = operands.get(at + 18);
      int x = Address.of(operands, at + 2, p) + c;
      int xRow = operands.get(at + 12);
      float sum = 0f;
      for (int j = 0; j < length; j++) {
        sum += arena.get(from + j * step) * arena.get(x + j * xRow);
      }
      arena.set(Address.of(operands, at + 4, p) + i * operands.get(at + 14) + c, sum);
    }
  }
}
