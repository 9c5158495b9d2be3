package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies integers; an item an element. Launch: n. */
final class CopyIntsKernel {
  private CopyIntsKernel() {}

  /** Operand {@code at}: n. */
  static void run(
      KernelContext context, IntArray operands, IntArray source, IntArray target, int at) {
    int i = context.globalIdx;
    if (i < operands.get(at)) {
      target.set(i, source.get(i));
    }
  }
}
