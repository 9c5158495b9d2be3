package org.trm4j.backend.tornado.kernel.embedding;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the gradient of the token table: for each token and channel the sum over its occurrences, in
 * their order; one item per element. Launch: width x vocabulary.
 */
public final class TokenTableGradientKernel {
  private static final int GRADIENT = 0;
  private static final int TABLE_GRADIENT = 2;
  private static final int WIDTH = 4;
  private static final int PREFIX = 6;
  private static final int TOKENS = 8;
  private static final int RECORD = 10;

  private TokenTableGradientKernel() {}

  /**
   * Operands from {@code at}: gradient of the embedding, gradient of the table; width, rows before
   * the tokens, tokens, integers of a record.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      FloatArray arena,
      FloatArray gradients,
      int at,
      float scale) {
    int channel = context.globalIdx;
    int row = context.globalIdy;
    int width = operands.get(at + WIDTH);
    if (channel < width) {
      int tokens = operands.get(at + TOKENS);
      int count = operands.get(Address.COUNT);
      float sum = 0f;
      for (int p = 0; p < count; p++) {
        int slot =
            (operands.get(Address.FIRST) + p) * operands.get(at + RECORD) + SlotRecord.TOKENS;
        int from =
            Address.of(operands, at + GRADIENT, p) + operands.get(at + PREFIX) * width + channel;
        for (int token = 0; token < tokens; token++) {
          if (inputs.get(slot + token) == row) {
            sum += scale * arena.get(from + token * width);
          }
        }
      }
      int to = operands.get(at + TABLE_GRADIENT) + row * width + channel;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
