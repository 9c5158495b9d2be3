package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Writes zeros; an item an element. Launch: n items or more. */
final class ZeroKernel {
  private ZeroKernel() {}

  static void run(KernelContext context, FloatArray values, int n) {
    int i = context.globalIdx;
    if (i < n) {
      values.set(i, 0f);
    }
  }
}
