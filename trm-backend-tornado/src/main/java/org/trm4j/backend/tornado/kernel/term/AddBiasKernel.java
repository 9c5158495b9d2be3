package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds a bias to each row; one item per element. Launch: n x 1 x sequences. */
public final class AddBiasKernel {
  private static final int VALUES = 0;
  private static final int BIAS = 2;
  private static final int SIZE = 4;
  private static final int WIDTH = 6;

  private AddBiasKernel() {}

  /** Operands from {@code at}: rows, bias; n, width. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray weights,
      FloatArray arena,
      int at) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    if (i < operands.get(at + SIZE) && Address.works(operands, active, p)) {
      int to = Address.of(operands, at + VALUES, p) + i;
      arena.set(
          to, arena.get(to) + weights.get(operands.get(at + BIAS) + i % operands.get(at + WIDTH)));
    }
  }
}
