package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@code output = factor input}; one item per element. Launch: n x 1 x sequences. */
public final class ScaleKernel {
  private static final int INPUT = 0;
  private static final int OUTPUT = 2;
  private static final int SIZE = 4;

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
    if (i < operands.get(at + SIZE) && Address.works(operands, active, p)) {
      float value = arena.get(Address.of(operands, at + INPUT, p) + i);
      arena.set(Address.of(operands, at + OUTPUT, p) + i, factor * value);
    }
  }
}
