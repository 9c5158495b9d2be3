package org.trm4j.backend.tornado.kernel.head;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The first of the largest logits of each row of every slot; one item per row. Launch: rows x
 * slots.
 */
public final class ArgMaxKernel {
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
    int rows = operands.get(at);
    if (row < rows) {
      int width = operands.get(at + 2);
      int x = operands.get(at + 4) + slot * operands.get(at + 6) + row * width;
      int best = 0;
      for (int i = 1; i < width; i++) {
        best = arena.get(x + i) > arena.get(x + best) ? i : best;
      }
      drafts.set(slot * rows + row, best);
    }
  }
}
