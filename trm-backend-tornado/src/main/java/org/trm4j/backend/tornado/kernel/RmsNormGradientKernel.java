package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code du = r * (dOut - out * mean(out * dOut))} for each vector of n values; one item per
 * vector. Launch: vectors x 1 x sequences.
 */
public final class RmsNormGradientKernel {
  static final int OUT = 0;
  static final int FACTORS = 2;
  static final int OUT_GRADIENT = 4;
  static final int INPUT_GRADIENT = 6;
  static final int VECTORS = 8;
  static final int SIZE = 10;
  static final int VECTOR_STEP = 12;
  static final int VALUE_STEP = 14;

  private RmsNormGradientKernel() {}

  /**
   * Operands from {@code at}: out, r, dOut, du; vectors, n, floats from a vector to the next and
   * from a value to the next.
   */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int v = context.globalIdx;
    int p = context.globalIdz;
    if (v < operands.get(at + VECTORS) && Address.works(operands, active, p)) {
      int n = operands.get(at + SIZE);
      int vector = v * operands.get(at + VECTOR_STEP);
      int step = operands.get(at + VALUE_STEP);
      int out = Address.of(operands, at + OUT, p) + vector;
      float r = arena.get(Address.of(operands, at + FACTORS, p) + v);
      int gradient = Address.of(operands, at + OUT_GRADIENT, p) + vector;
      int to = Address.of(operands, at + INPUT_GRADIENT, p) + vector;
      float sum = 0f;
      for (int i = 0; i < n; i++) {
        sum += arena.get(out + i * step) * arena.get(gradient + i * step);
      }
      float mean = sum / n;
      for (int i = 0; i < n; i++) {
        float d = arena.get(gradient + i * step) - arena.get(out + i * step) * mean;
        arena.set(to + i * step, r * d);
      }
    }
  }
}
