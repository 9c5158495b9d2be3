package org.trm4j.backend.tornado.kernel.head;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The first of the largest logits of each row of every slot; one item per row. Launch: rows x
 * slots.
 */
public final class ArgMaxKernel {
  private static final int ROWS = 0;
  private static final int WIDTH = 2;
  private static final int LOGITS = 4;
  private static final int SLOT_STEP = 6;

  private ArgMaxKernel() {}

  /**
   * Operands from {@code at}: rows, the width of a row, the logits' first float, floats from a slot
   * to the next.
   *
   * @param drafts [slots, rows]
   */
  public static void run(
      KernelContext context, IntArray operands, FloatArray arena, IntArray drafts, int at) {
    int row = context.globalIdx;
    int slot = context.globalIdy;
    int rows = operands.get(at + ROWS);
    if (row < rows) {
      int width = operands.get(at + WIDTH);
      int x = operands.get(at + LOGITS) + slot * operands.get(at + SLOT_STEP) + row * width;
      int best = 0;
      for (int i = 1; i < width; i++) {
        best = arena.get(x + i) > arena.get(x + best) ? i : best;
      }
      drafts.set(slot * rows + row, best);
    }
  }
}
