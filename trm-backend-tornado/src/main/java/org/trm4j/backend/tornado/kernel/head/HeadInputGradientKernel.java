package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradient of the heads' input, all rows; one item per channel of a position. Launch: width x
 * length x sequences.
 */
public final class HeadInputGradientKernel {
  private HeadInputGradientKernel() {}

  /**
   * Operands from {@code at}: gradients of logits, q and input; W_lm, W_q; the rows before the
   * tokens, width, vocabulary.
   */
  public static void run(
      KernelContext context, IntArray operands, FloatArray weights, FloatArray arena, int at) {
    int channel = context.globalIdx;
    int position = context.globalIdy;
    int p = context.globalIdz;
    int width = operands.get(at + 12);
    if (channel < width && p < operands.get(Address.COUNT)) {
      int prefix = operands.get(at + 10);
      int vocabulary = operands.get(at + 14);
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
