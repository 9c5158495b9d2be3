package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@code output = factor input}; one item per element. Launch: n x 1 x sequences. */
public final class ScaleKernel {
  private ScaleKernel() {}

  /** Operands from {@code at}: input, output; n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float factor) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    if (i < operands.get(at + 4) && Address.works(operands, active, p)) {
      float value = arena.get(Address.of(operands, at, p) + i);
      arena.set(Address.of(operands, at + 2, p) + i, factor * value);
    }
  }
}
