package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code out[i, c] = sum over j of weights[h, i, j] x[j, c]}, or with the weights transposed; an
 * item a channel of a position, h its head. Launch: sequences x length x heads x size items or
 * more.
 */
final class AttendKernel {
  private AttendKernel() {}

  /** Operands from {@code at}: weights, x, out. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int heads,
      int length,
      int size,
      int xRow,
      int outRow,
      int transposed) {
    int width = heads * size;
    int c = context.globalIdx % width;
    int i = context.globalIdx / width % length;
    int p = context.globalIdx / width / length;
    if (Address.works(operands, active, p)) {
      int head = Address.of(operands, at, p) + c / size * length * length;
      int from = head + i * (transposed != 0 ? 1 : length);
      int step = transposed != 0 ? length : 1;
      int x = Address.of(operands, at + 2, p) + c;
      float sum = 0f;
      for (int j = 0; j < length; j++) {
        sum += arena.get(from + j * step) * arena.get(x + j * xRow);
      }
      arena.set(Address.of(operands, at + 4, p) + i * outRow + c, sum);
    }
  }
}
