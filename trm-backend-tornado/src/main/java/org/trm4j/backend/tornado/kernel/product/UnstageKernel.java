package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads a library's result: {@code Z = C} or {@code Z = R + C} for each sequence; one item per
 * element. Launch: n x 1 x sequences.
 */
public final class UnstageKernel {
  private static final int Z = 0;
  private static final int R = 2;
  private static final int ADDS = 4;
  private static final int SIZE = 6;

  private UnstageKernel() {}

  /** Operands from {@code at}: Z, R; 1 where R is added, n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray result,
      FloatArray arena,
      int at) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    int n = operands.get(at + SIZE);
    if (i < n && Address.works(operands, active, p)) {
      float value = result.get(p * n + i);
      if (operands.get(at + ADDS) != 0) {
        value += arena.get(Address.of(operands, at + R, p) + i);
      }
      arena.set(Address.of(operands, at + Z, p) + i, value);
    }
  }
}
