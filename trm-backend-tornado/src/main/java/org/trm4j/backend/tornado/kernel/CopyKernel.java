package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies floats between two arrays; one item per element. Launch: the largest count or more. */
public final class CopyKernel {
  private CopyKernel() {}

  /** Range: first element of the source, of the target, and the count. */
  public static void run(
      KernelContext context, IntArray range, FloatArray source, FloatArray target) {
    int i = context.globalIdx;
    if (i < range.get(2)) {
      target.set(range.get(1) + i, source.get(range.get(0) + i));
    }
  }
}
