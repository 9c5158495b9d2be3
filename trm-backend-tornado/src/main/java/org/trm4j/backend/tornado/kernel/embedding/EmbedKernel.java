package org.trm4j.backend.tornado.kernel.embedding;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The input embedding; one item per channel of a position. Launch: width x length x sequences. */
public final class EmbedKernel {
  private static final int OUTPUT = 0;
  private static final int TOKENS = 2;
  private static final int POSITIONS = 4;
  private static final int PREFIX = 6;
  private static final int PUZZLE_WIDTH = 8;
  private static final int WIDTH = 10;
  private static final int RECORD = 12;
  private static final int HAS_POSITIONS = 14;

  private EmbedKernel() {}

  /**
   * Operands from {@code at}: output, token table, position table; rows before the tokens, width of
   * the puzzle embedding, width, integers of a record, and 1 where there are positions.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      IntArray inputs,
      FloatArray weights,
      FloatArray puzzles,
      FloatArray arena,
      int at,
      float scale) {
    int channel = context.globalIdx;
    int position = context.globalIdy;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (channel < width && Address.works(operands, active, p)) {
      int slot = (operands.get(Address.FIRST) + p) * operands.get(at + RECORD);
      int i = position * width + channel;
      int prefix = operands.get(at + PREFIX);
      int puzzleWidth = operands.get(at + PUZZLE_WIDTH);
      float e = 0f;
      if (position >= prefix) {
        int token = inputs.get(slot + SlotRecord.TOKENS + position - prefix);
        e = weights.get(operands.get(at + TOKENS) + token * width + channel);
      } else if (i < puzzleWidth) {
        e = puzzles.get(inputs.get(slot + SlotRecord.PUZZLE) * puzzleWidth + i);
      }
      if (operands.get(at + HAS_POSITIONS) != 0) {
        e += weights.get(operands.get(at + POSITIONS) + i);
      }
      arena.set(Address.of(operands, at + OUTPUT, p) + i, scale * e);
    }
  }
}
