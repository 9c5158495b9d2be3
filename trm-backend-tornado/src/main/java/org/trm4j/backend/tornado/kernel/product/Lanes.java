package org.trm4j.backend.tornado.kernel.product;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * Eight neighbouring floats of an array as one vector, which a compiler for CPUs keeps in a vector
 * register. Kernels inline these methods.
 */
final class Lanes {
  /** Floats of a vector. */
  static final int COUNT = 8;

  private Lanes() {}

  static Float8 zero() {
    return new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
  }

  static Float8 load(FloatArray array, int at) {
    return new Float8(
        array.get(at),
        array.get(at + 1),
        array.get(at + 2),
        array.get(at + 3),
        array.get(at + 4),
        array.get(at + 5),
        array.get(at + 6),
        array.get(at + 7));
  }

  static void store(FloatArray array, int at, Float8 values) {
    array.set(at, values.getS0());
    array.set(at + 1, values.getS1());
    array.set(at + 2, values.getS2());
    array.set(at + 3, values.getS3());
    array.set(at + 4, values.getS4());
    array.set(at + 5, values.getS5());
    array.set(at + 6, values.getS6());
    array.set(at + 7, values.getS7());
  }

  /** Returns {@code sum + factor * values}. */
  static Float8 plus(Float8 sum, float factor, Float8 values) {
    return Float8.add(sum, Float8.mult(values, factor));
  }
}
