package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The input embedding; an item a channel of a position. Launch: sequences x length x width items or
 * more.
 */
final class EmbedKernel {
  private EmbedKernel() {}

  /**
   * Operands from {@code at}: output, token table, rows before the tokens, width of the puzzle
   * embedding, position table (read where {@code positions} is 1). The two numbers are operands
   * because a condition that is constant for 0 does not compile.
   */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      IntArray inputs,
      FloatArray weights,
      FloatArray puzzles,
      FloatArray arena,
      int at,
      int length,
      int width,
      int positions,
      int record,
      float scale) {
    int i = context.globalIdx % (length * width);
    int p = context.globalIdx / (length * width);
    if (Address.works(operands, active, p)) {
      int slot = (operands.get(Address.FIRST) + p) * record;
      int channel = i % width;
      int position = i / width;
      int prefix = operands.get(at + 4);
      int puzzleWidth = operands.get(at + 6);
      float e = 0f;
      if (position >= prefix) {
        int token = inputs.get(slot + Inputs.TOKENS + position - prefix);
        e = weights.get(operands.get(at + 2) + token * width + channel);
      } else if (i < puzzleWidth) {
        e = puzzles.get(inputs.get(slot + Inputs.PUZZLE) * puzzleWidth + i);
      }
      if (positions != 0) {
        e += weights.get(operands.get(at + 8) + i);
      }
      arena.set(Address.of(operands, at, p) + i, scale * e);
    }
  }
}
