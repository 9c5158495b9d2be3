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
    int width = operands.get(at + 10);
    if (channel < width && Address.works(operands, active, p)) {
      int i = position * width + channel;
      int prefix = operands.get(at + 8);
      float e = 0f;
      if (position >= prefix) {
        e = arena.get(Address.of(operands, at, p) + i - prefix * width);
      } else if (operands.get(at + 12) != 0) {
        e = weights.get(operands.get(at + 4) + i);
      }
      if (operands.get(at + 14) != 0) {
        e += weights.get(operands.get(at + 6) + i);
      }
      arena.set(Address.of(operands, at + 2, p) + i, scale * e);
    }
  }
}
