package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Whether the arg-max of each row is wrong, 1 or 0; one item per row. Launch: rows x 1 x sequences.
 */
public final class ExactRowsKernel {
  private static final int LOGITS = 0;
  private static final int CLASSES = 2;
  private static final int WRONG = 4;
  private static final int ROWS = 6;
  private static final int WIDTH = 8;

  private ExactRowsKernel() {}

  /** Operands from {@code at}: logits, classes, wrong; rows, width. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int row = context.globalIdx;
    int p = context.globalIdz;
    if (row < operands.get(at + ROWS) && Address.works(operands, active, p)) {
      int width = operands.get(at + WIDTH);
      int x = Address.of(operands, at + LOGITS, p) + row * width;
      int expected = (int) arena.get(Address.of(operands, at + CLASSES, p) + row);
      int best = 0;
      float largest = arena.get(x);
      for (int i = 1; i < width; i++) {
        float v = arena.get(x + i);
        best = v > largest ? i : best;
        largest = v > largest ? v : largest;
      }
      boolean wrong = expected >= 0 && best != expected;
      arena.set(Address.of(operands, at + WRONG, p) + row, wrong ? 1f : 0f);
    }
  }
}
