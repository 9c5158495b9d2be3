package org.trm4j.plan;

import org.apiguardian.api.API;

/**
 * The random numbers of latent states: counter-based, so that every backend draws the same bits
 * whatever the slot, the batch and the number of threads.
 *
 * <p>A sequence has a <i>key</i>. Draw c of the state with index k starts from the 64 bits {@code s
 * = mix(mix(mix(key) + c) + k)}, {@code mix(z)} being SplitMix64's finaliser of {@code z +
 * 0x9E3779B97F4A7C15}. The low half of s is a, the high half b. Element i has the 32 bits h, all in
 * 32-bit arithmetic without sign: {@code h = i * 0x9E3779B9 + a; h ^= h >>> 16; h *= 0x21F0AAAD; h
 * ^= h >>> 15; h += b; h *= 0xD35A2D97; h ^= h >>> 15; h *= 0x846CA68B; h ^= h >>> 16}.
 *
 * <p>A normal of these bits, in 32-bit floats where each operation rounds once: {@code t = (2 r +
 * 1) 2^-24} with {@code r = (h >>> 8) & 0x7FFFFF}; {@code x = 1 - t}; {@code u = fma(-x, x, 1)}; a
 * is the square root, four times, of u; {@code v = fma(a, A, B)}; p is the polynomial of v by
 * Horner's rule with fma; the value is {@code x * p}, negated where the sign bit of h is set. That
 * is the inverse of the normal distribution function at 2^24 points, to 7e-7; the largest is 5.42.
 * A truncated normal has {@code x = 0.9545 (1 - t)}, which cuts it at 2 standard deviations, and is
 * divided by the standard deviation 0.8796 that is left, so that its own is 1.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class GaussianNoise {
  /** A of the definition. */
  public static final float SLOPE = 3.1521602f;

  /** B of the definition. */
  public static final float OFFSET = -2.1521602f;

  /** The share of a normal within two standard deviations. */
  public static final float WITHIN_TWO = 0.95449974f;

  /** 1 / (standard deviation of a normal that is cut at 2). */
  public static final float UNIT_TRUNCATED = 1.1368472f;

  private static final float[] COEFFICIENTS = {
    -0x1.97e4d4p-10f,
    -0x1.0fd238p-10f,
    0x1.de93e8p-8f,
    0x1.2b2dc2p-7f,
    -0x1.485be2p-7f,
    -0x1.d0ab5ep-6f,
    -0x1.3a9b80p-6f,
    0x1.f5ae1ap-6f,
    0x1.30a7d6p-4f,
    0x1.b242a0p-4f,
    -0x1.038816p-4f,
    -0x1.d5c706p-6f,
    -0x1.0ae844p+1f,
    0x1.a1b364p+1f
  };

  private GaussianNoise() {}

  /** Returns the coefficients of the polynomial, highest power first. */
  public static float[] coefficients() {
    return COEFFICIENTS.clone();
  }

  /**
   * Returns the key of one attempt at an example: three numbers, each of which changes all draws.
   *
   * @param example a number or a hash of the example
   */
  public static long key(long seed, long example, long attempt) {
    return mix(mix(mix(seed) + example) + attempt);
  }

  /**
   * Returns s of the definition.
   *
   * @param draw 0 for the start, c for the c-th noisy update since then
   * @param state index of the state
   */
  public static long stream(long key, long draw, int state) {
    return mix(mix(mix(key) + draw) + state);
  }

  /** Returns h of the definition. */
  public static int bits(long stream, int element) {
    int h = element * 0x9E3779B9 + (int) stream;
    h = (h ^ (h >>> 16)) * 0x21F0AAAD;
    h = (h ^ (h >>> 15)) + (int) (stream >>> 32);
    h *= 0xD35A2D97;
    h = (h ^ (h >>> 15)) * 0x846CA68B;
    return h ^ (h >>> 16);
  }

  /** Returns a draw of the standard normal distribution. */
  public static float normal(int bits) {
    return quantile(1 - uniform(bits), bits);
  }

  /** Returns a draw of the normal distribution cut at 2 standard deviations, scaled to 1. */
  public static float truncated(int bits) {
    return quantile(WITHIN_TWO * (1 - uniform(bits)), bits) * UNIT_TRUNCATED;
  }

  /** Returns element {@code element} of a draw, from the standard normal distribution. */
  public static float value(long stream, int element) {
    return normal(bits(stream, element));
  }

  private static float uniform(int bits) {
    return (2 * ((bits >>> 8) & 0x7FFFFF) + 1) * 0x1p-24f;
  }

  private static float quantile(float x, int bits) {
    float a = root(root(root(root(Math.fma(-x, x, 1f)))));
    float v = Math.fma(a, SLOPE, OFFSET);
    float p = COEFFICIENTS[0];
    for (int i = 1; i < COEFFICIENTS.length; i++) {
      p = Math.fma(p, v, COEFFICIENTS[i]);
    }
    float value = x * p;
    return bits < 0 ? -value : value;
  }

  private static float root(float x) {
    return (float) Math.sqrt(x);
  }

  private static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
