package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Adds {@link org.trm4j.plan.GaussianNoise} to a state; an item an element. Shifts keep the sign on
 * some devices whatever their kind, so the bits that must be zero are masked. Launch: n items or
 * more.
 */
final class NoiseKernel {
  private NoiseKernel() {}

  /** Range: first element, the state's index, n. */
  static void run(
      KernelContext context, IntArray range, LongArray seed, FloatArray sigma, FloatArray arena) {
    int i = context.globalIdx;
    if (i < range.get(2)) {
      long counter = ((long) range.get(1) << 32) + i + 1;
      long z = seed.get(0) + counter * 0x9E3779B97F4A7C15L;
      z = (z ^ ((z >> 30) & 0x3FFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ ((z >> 27) & 0x1FFFFFFFFFL)) * 0x94D049BB133111EBL;
      z = z ^ ((z >> 31) & 0x1FFFFFFFFL);
      float u1 = (float) (int) (((z >> 40) & 0xFFFFFFL) + 1) * 5.9604645e-8f;
      float u2 = (float) (int) ((z >> 16) & 0xFFFFFFL) * 5.9604645e-8f;
      float normal = TornadoMath.sqrt(-2f * TornadoMath.log(u1)) * TornadoMath.cos(6.2831855f * u2);
      int at = range.get(0) + i;
      arena.set(at, arena.get(at) + sigma.get(0) * normal);
    }
  }
}
