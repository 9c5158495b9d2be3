package org.trm4j.backend.tornado.kernel.state;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * {@link org.trm4j.plan.GaussianNoise} on a device, inlined into kernels. On some devices every
 * shift keeps the sign, so the bits that must be zero are masked. The compiler turns a product plus
 * a sum into fma.
 */
final class Normals {
  private Normals() {}

  /** Returns the bits of element {@code i}; a and b are the halves of the stream. */
  static int bits(int i, int a, int b) {
    int h = i * 0x9E3779B9 + a;
    h = (h ^ ((h >> 16) & 0xFFFF)) * 0x21F0AAAD;
    h = (h ^ ((h >> 15) & 0x1FFFF)) + b;
    h = h * 0xD35A2D97;
    h = (h ^ ((h >> 15) & 0x1FFFF)) * 0x846CA68B;
    return h ^ ((h >> 16) & 0xFFFF);
  }

  /** Returns 1 - t. */
  static float position(int h) {
    return 1f - (float) (2 * ((h >> 8) & 0x7FFFFF) + 1) * 5.9604645e-8f;
  }

  /** Returns the value at x, with the sign given by the bits. */
  static float quantile(float x, int h) {
    float minus = -x;
    float u = minus * x + 1f;
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
    return sign * (x * p);
  }

  /** SplitMix64's finaliser, as {@link org.trm4j.plan.GaussianNoise} uses it. */
  static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ ((z >> 30) & 0x3FFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ ((z >> 27) & 0x1FFFFFFFFFL)) * 0x94D049BB133111EBL;
    return z ^ ((z >> 31) & 0x1FFFFFFFFL);
  }

  /** Returns the 64-bit integer of two halves. */
  static long join(int low, int high) {
    return ((long) high << 32) | ((long) low & 0xFFFFFFFFL);
  }
}
