package org.trm4j.plan;

import org.apiguardian.api.API;

/**
 * The noise of {@link org.trm4j.backend.spi.InferenceSession#perturb}, counter-based so that every
 * backend adds the same.
 *
 * <p>Value {@code i} of the state with index {@code k} is {@code sqrt(-2 ln u1) * cos(2 pi u2)},
 * with {@code r = mix(seed + (k * 2^32 + i + 1) * 0x9E3779B97F4A7C15)}, {@code mix} the 64-bit
 * finaliser of SplitMix64, {@code u1 = ((r >>> 40) + 1) / 2^24} and {@code u2 = ((r >>> 16) &
 * 0xFFFFFF) / 2^24}.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class GaussianNoise {
  private GaussianNoise() {}

  /** Returns the random bits of value {@code index} of state {@code state}. */
  public static long bits(long seed, int state, int index) {
    long z = seed + (((long) state << 32) + index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Returns value {@code index} of state {@code state}, a draw of the standard normal distribution.
   */
  public static float value(long seed, int state, int index) {
    long r = bits(seed, state, index);
    double u1 = ((r >>> 40) + 1) * 0x1p-24;
    double u2 = ((r >>> 16) & 0xFFFFFF) * 0x1p-24;
    return (float) (Math.sqrt(-2 * Math.log(u1)) * Math.cos(2 * Math.PI * u2));
  }
}
