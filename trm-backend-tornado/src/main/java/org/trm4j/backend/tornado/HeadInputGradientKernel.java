package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradient of the heads' input, all rows; an item a channel of a position. Launch: sequences x
 * length x width items or more.
 */
final class HeadInputGradientKernel {
  private HeadInputGradientKernel() {}

  /**
   * Operands from {@code at}: gradients of logits, q and input; W_lm, W_q; the rows before the
   * tokens, an operand because a condition that is constant for 0 does not compile.
   */
  static void run(
      KernelContext context,
      IntArray operands,
      FloatArray weights,
      FloatArray arena,
      int at,
      int length,
      int width,
      int vocabulary) {
    int channel = context.globalIdx % width;
    int position = context.globalIdx / width % length;
    int p = context.globalIdx / width / length;
    if (p < operands.get(Address.COUNT)) {
      int prefix = operands.get(at + 10);
      float sum = 0f;
      if (position >= prefix) {
        int logits = Address.of(operands, at, p) + (position - prefix) * vocabulary;
        int row = operands.get(at + 6) + channel;
        for (int v = 0; v < vocabulary; v++) {
          sum += arena.get(logits + v) * weights.get(row + v * width);
        }
      }
      if (position == 0) {
        int q = Address.of(operands, at + 2, p);
        int row = operands.get(at + 8) + channel;
        sum += arena.get(q) * weights.get(row) + arena.get(q + 1) * weights.get(row + width);
      }
      arena.set(Address.of(operands, at + 4, p) + position * width + channel, sum);
    }
  }
}
