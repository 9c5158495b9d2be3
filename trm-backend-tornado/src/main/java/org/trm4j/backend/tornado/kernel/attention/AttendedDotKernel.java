package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code dots[h, i] = sum over the head's channels of dAttended[i] attended[i]}; one item per dot.
 * Launch: length x heads x sequences.
 */
public final class AttendedDotKernel {
  private AttendedDotKernel() {}

  /** Operands from {@code at}: attended, its gradient, dots; heads, length, size. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int head = context.globalIdy;
    int p = context.globalIdz;
    int length = operands.get(at + 8);
    if (i < length && Address.works(operands, active, p)) {
      int size = operands.get(at + 10);
      int offset = (i * operands.get(at + 6) + head) * size;
      int attended = Address.of(operands, at, p) + offset;
      int gradient = Address.of(operands, at + 2, p) + offset;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(attended + c) * arena.get(gradient + c);
      }
      arena.set(Address.of(operands, at + 4, p) + head * length + i, sum);
    }
  }
}
