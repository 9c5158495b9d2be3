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
  private static final int ATTENDED = 0;
  private static final int GRADIENT = 2;
  private static final int DOTS = 4;
  private static final int HEADS = 6;
  private static final int LENGTH = 8;
  private static final int SIZE = 10;

  private AttendedDotKernel() {}

  /** Operands from {@code at}: attended, its gradient, dots; heads, length, size. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int head = context.globalIdy;
    int p = context.globalIdz;
    int length = operands.get(at + LENGTH);
    if (i < length && Address.works(operands, active, p)) {
      int size = operands.get(at + SIZE);
      int offset = (i * operands.get(at + HEADS) + head) * size;
      int attended = Address.of(operands, at + ATTENDED, p) + offset;
      int gradient = Address.of(operands, at + GRADIENT, p) + offset;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(attended + c) * arena.get(gradient + c);
      }
      arena.set(Address.of(operands, at + DOTS, p) + head * length + i, sum);
    }
  }
}
