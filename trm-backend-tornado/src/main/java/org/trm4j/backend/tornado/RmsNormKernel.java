package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Divides each vector of n values by its root mean square, in place; an item a vector. Vectors are
 * rows ({@code step} 1) or columns ({@code vector} 1). Launch: sequences x vectors items or more.
 */
final class RmsNormKernel {
  private RmsNormKernel() {}

  /** Operands from {@code at}: the values, and the factors where {@code save} is 1. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int vectors,
      int n,
      int vector,
      int step,
      float epsilon,
      int save) {
    int v = context.globalIdx % vectors;
    int p = context.globalIdx / vectors;
    if (Address.works(operands, active, p)) {
      int from = Address.of(operands, at, p) + v * vector;
      float squares = 0f;
      for (int i = 0; i < n; i++) {
        float u = arena.get(from + i * step);
        squares += u * u;
      }
      float factor = 1f / TornadoMath.sqrt(squares / n + epsilon);
      for (int i = 0; i < n; i++) {
        arena.set(from + i * step, arena.get(from + i * step) * factor);
      }
      if (save != 0) {
        arena.set(Address.of(operands, at + 2, p) + v, factor);
      }
    }
  }
}
