package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Writes zeros; one item per element. Launch: n. */
public final class ZeroKernel {
  private static final int COUNT = 0;

  private ZeroKernel() {}

  /** Operand {@code at}: n. */
  public static void run(KernelContext context, IntArray operands, FloatArray values, int at) {
    int i = context.globalIdx;
    if (i < operands.get(at + COUNT)) {
      values.set(i, 0f);
    }
  }
}
