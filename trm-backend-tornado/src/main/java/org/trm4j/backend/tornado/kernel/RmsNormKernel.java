package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Divides each vector of n values by its root mean square, in place; one item per vector. Vectors
 * are rows ({@code step} 1) or columns ({@code vector} 1). Launch: vectors x 1 x sequences.
 */
public final class RmsNormKernel {
  static final int VALUES = 0;
  static final int FACTORS = 2;
  static final int VECTORS = 4;
  static final int SIZE = 6;
  static final int VECTOR_STEP = 8;
  static final int VALUE_STEP = 10;
  static final int KEEPS_FACTORS = 12;

  private RmsNormKernel() {}

  /**
   * Operands from {@code at}: the values, the factors; vectors, n, floats from a vector to the next
   * and from a value to the next, and 1 where the factors are kept.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float epsilon) {
    int v = context.globalIdx;
    int p = context.globalIdz;
    if (v < operands.get(at + VECTORS) && Address.works(operands, active, p)) {
      int n = operands.get(at + SIZE);
      int step = operands.get(at + VALUE_STEP);
      int from = Address.of(operands, at + VALUES, p) + v * operands.get(at + VECTOR_STEP);
      float squares = 0f;
      for (int i = 0; i < n; i++) {
        float u = arena.get(from + i * step);
        squares += u * u;
      }
      float factor = 1f / TornadoMath.sqrt(squares / n + epsilon);
      for (int i = 0; i < n; i++) {
        arena.set(from + i * step, arena.get(from + i * step) * factor);
      }
      if (operands.get(at + KEEPS_FACTORS) != 0) {
        arena.set(Address.of(operands, at + FACTORS, p) + v, factor);
      }
    }
  }
}
