package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code dots[h, i] = sum over the head's channels of dAttended[i] attended[i]}; an item a dot.
 * Launch: sequences x heads x length items or more.
 */
final class AttendedDotKernel {
  private AttendedDotKernel() {}

  /** Operands from {@code at}: attended, its gradient, dots. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int heads,
      int length,
      int size) {
    int i = context.globalIdx % length;
    int head = context.globalIdx / length % heads;
    int p = context.globalIdx / length / heads;
    if (Address.works(operands, active, p)) {
      int offset = (i * heads + head) * size;
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
