package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the gradient of the token table: for each token and channel the sum over its occurrences, in
 * their order; an item an element. Launch: vocabulary x width items or more.
 */
final class TokenTableGradientKernel {
  private TokenTableGradientKernel() {}

  /** Operands from {@code at}: gradient of the embedding, gradient of the table. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      FloatArray arena,
      FloatArray gradients,
      int at,
      int vocabulary,
      int width,
      int prefix,
      int tokens,
      int record,
      float scale) {
    int channel = context.globalIdx % width;
    int row = context.globalIdx / width;
    if (row < vocabulary) {
      float sum = 0f;
      int count = operands.get(Address.COUNT);
      for (int p = 0; p < count; p++) {
        int slot = (operands.get(Address.FIRST) + p) * record + Inputs.TOKENS;
        int from = Address.of(operands, at, p) + prefix * width + channel;
        for (int token = 0; token < tokens; token++) {
          if (inputs.get(slot + token) == row) {
            sum += scale * arena.get(from + token * width);
          }
        }
      }
      int to = operands.get(at + 2) + context.globalIdx;
      gradients.set(to, gradients.get(to) + sum);
    }
  }
}
