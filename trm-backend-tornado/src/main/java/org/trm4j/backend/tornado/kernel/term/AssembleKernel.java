package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Prefix, rows and positions to the input; one item per channel of a position. Launch: width x
 * length x sequences.
 */
public final class AssembleKernel {
  private static final int CELLS = 0;
  private static final int OUTPUT = 2;
  private static final int PREFIX = 4;
  private static final int POSITIONS = 6;
  private static final int PREFIX_ROWS = 8;
  private static final int WIDTH = 10;
  private static final int HAS_PREFIX = 12;
  private static final int HAS_POSITIONS = 14;

  private AssembleKernel() {}

  /**
   * Operands from {@code at}: rows, output, prefix, positions; rows before the others, width, 1
   * where there is a prefix, and 1 where there are positions.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray weights,
      FloatArray arena,
      int at,
      float scale) {
    int channel = context.globalIdx;
    int position = context.globalIdy;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (channel < width && Address.works(operands, active, p)) {
      int i = position * width + channel;
      int prefix = operands.get(at + PREFIX_ROWS);
      float e = 0f;
      if (position >= prefix) {
        e = arena.get(Address.of(operands, at + CELLS, p) + i - prefix * width);
      } else if (operands.get(at + HAS_PREFIX) != 0) {
        e = weights.get(operands.get(at + PREFIX) + i);
      }
      if (operands.get(at + HAS_POSITIONS) != 0) {
        e += weights.get(operands.get(at + POSITIONS) + i);
      }
      arena.set(Address.of(operands, at + OUTPUT, p) + i, scale * e);
    }
  }
}
