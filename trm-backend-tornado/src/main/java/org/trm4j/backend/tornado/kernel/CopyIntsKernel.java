package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies integers; one item per element. Launch: n. */
public final class CopyIntsKernel {
  private static final int COUNT = 0;

  private CopyIntsKernel() {}

  /** Operand {@code at}: n. */
  public static void run(
      KernelContext context, IntArray operands, IntArray source, IntArray target, int at) {
    int i = context.globalIdx;
    if (i < operands.get(at + COUNT)) {
      target.set(i, source.get(i));
    }
  }
}
