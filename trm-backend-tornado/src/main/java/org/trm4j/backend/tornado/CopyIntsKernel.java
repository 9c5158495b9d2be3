package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies integers; an item an element. Launch: n items or more. */
final class CopyIntsKernel {
  private CopyIntsKernel() {}

  static void run(KernelContext context, IntArray source, IntArray target, int n) {
    int i = context.globalIdx;
    if (i < n) {
      target.set(i, source.get(i));
    }
  }
}
