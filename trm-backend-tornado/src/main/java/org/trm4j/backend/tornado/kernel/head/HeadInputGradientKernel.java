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
  private static final int LOGITS_GRADIENT = 0;
  private static final int Q_GRADIENT = 2;
  private static final int INPUT_GRADIENT = 4;
  private static final int TOKEN_WEIGHT = 6;
  private static final int HALT_WEIGHT = 8;
  private static final int PREFIX = 10;
  private static final int WIDTH = 12;
  private static final int VOCABULARY = 14;

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
    int width = operands.get(at + WIDTH);
    if (channel < width && p < operands.get(Address.COUNT)) {
      int prefix = operands.get(at + PREFIX);
      int vocabulary = operands.get(at + VOCABULARY);
      float sum = 0f;
      if (position >= prefix) {
        int logits =
            Address.of(operands, at + LOGITS_GRADIENT, p) + (position - prefix) * vocabulary;
        int row = operands.get(at + TOKEN_WEIGHT) + channel;
        for (int v = 0; v < vocabulary; v++) {
          sum += arena.get(logits + v) * weights.get(row + v * width);
        }
      }
      if (position == 0) {
        int q = Address.of(operands, at + Q_GRADIENT, p);
        int row = operands.get(at + HALT_WEIGHT) + channel;
        sum += arena.get(q) * weights.get(row) + arena.get(q + 1) * weights.get(row + width);
      }
      arena.set(Address.of(operands, at + INPUT_GRADIENT, p) + position * width + channel, sum);
    }
  }
}
