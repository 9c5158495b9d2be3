package org.trm4j.backend.tornado.kernel.state;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds {@link org.trm4j.plan.GaussianNoise} to a state; one item per element. Launch: n items or
 * more.
 */
public final class NoiseKernel {
  private NoiseKernel() {}

  /** Range: first element, the halves of the stream, n. */
  public static void run(
      KernelContext context, IntArray range, FloatArray sigma, FloatArray arena) {
    int i = context.globalIdx;
    if (i < range.get(3)) {
      int h = Normals.bits(i, range.get(1), range.get(2));
      int at = range.get(0) + i;
      arena.set(at, arena.get(at) + sigma.get(0) * Normals.quantile(Normals.position(h), h));
    }
  }
}
