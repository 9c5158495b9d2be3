package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Collects the same range of every slot; an item an element. Launch: slots x count items or more.
 */
final class GatherKernel {
  private GatherKernel() {}

  static void run(
      KernelContext context,
      FloatArray source,
      FloatArray target,
      int slots,
      int from,
      int stride,
      int count) {
    int i = context.globalIdx;
    if (i < slots * count) {
      target.set(i, source.get(from + i / count * stride + i % count));
    }
  }
}
