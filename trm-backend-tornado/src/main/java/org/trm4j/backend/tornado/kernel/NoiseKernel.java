package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds {@link org.trm4j.plan.GaussianNoise} to a state; an item an element. Shifts keep the sign on
 * some devices whatever their kind, so the bits that must be zero are masked. Launch: n items or
 * more. Products that are added to something become fma in the compiled kernel.
 */
public final class NoiseKernel {
  private NoiseKernel() {}

  /** Range: first element, the halves of the stream, n. */
  public static void run(
      KernelContext context, IntArray range, FloatArray sigma, FloatArray arena) {
    int i = context.globalIdx;
    if (i < range.get(3)) {
      int h = i * 0x9E3779B9 + range.get(1);
      h = (h ^ ((h >> 16) & 0xFFFF)) * 0x21F0AAAD;
      h = (h ^ ((h >> 15) & 0x1FFFF)) + range.get(2);
      h = h * 0xD35A2D97;
      h = (h ^ ((h >> 15) & 0x1FFFF)) * 0x846CA68B;
      h = h ^ ((h >> 16) & 0xFFFF);
      float x = 1f - (float) (2 * ((h >> 8) & 0x7FFFFF) + 1) * 5.9604645e-8f;
      float u = 1f - x * x;
      float a = TornadoMath.sqrt(TornadoMath.sqrt(TornadoMath.sqrt(TornadoMath.sqrt(u))));
      float v = a * 3.1521602f + (-2.1521602f);
      float p = -0x1.97e4d4p-10f * v + (-0x1.0fd238p-10f);
      p = p * v + (0x1.de93e8p-8f);
      p = p * v + (0x1.2b2dc2p-7f);
      p = p * v + (-0x1.485be2p-7f);
      p = p * v + (-0x1.d0ab5ep-6f);
      p = p * v + (-0x1.3a9b80p-6f);
      p = p * v + (0x1.f5ae1ap-6f);
      p = p * v + (0x1.30a7d6p-4f);
      p = p * v + (0x1.b242a0p-4f);
      p = p * v + (-0x1.038816p-4f);
      p = p * v + (-0x1.d5c706p-6f);
      p = p * v + (-0x1.0ae844p+1f);
      p = p * v + (0x1.a1b364p+1f);
      float sign = 1f - (float) ((h >> 30) & 2);
      int at = range.get(0) + i;
      arena.set(at, arena.get(at) + sigma.get(0) * (sign * (x * p)));
    }
  }
}
