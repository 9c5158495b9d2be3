package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code du = r * (dOut - out * mean(out * dOut))} for each vector of n values; an item a vector.
 * Launch: sequences x vectors items or more.
 */
final class RmsNormGradientKernel {
  private RmsNormGradientKernel() {}

  /** Operands from {@code at}: out, r, dOut, du. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int vectors,
      int n,
      int vector,
      int step) {
    int v = context.globalIdx % vectors;
    int p = context.globalIdx / vectors;
    if (Address.works(operands, active, p)) {
      int out = Address.of(operands, at, p) + v * vector;
      float r = arena.get(Address.of(operands, at + 2, p) + v);
      int gradient = Address.of(operands, at + 4, p) + v * vector;
      int to = Address.of(operands, at + 6, p) + v * vector;
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
