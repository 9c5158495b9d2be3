package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds buffers from left to right; one item per element. Launch: n x 1 x sequences. */
public final class SumKernel {
  private static final int SIZE = 0;
  private static final int INPUTS = 2;
  private static final int OUTPUT = 4;
  private static final int FIRST_INPUT = 6;

  private SumKernel() {}

  /** Operands from {@code at}: n, the number of inputs; the output, then the inputs. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    if (i < operands.get(at + SIZE) && Address.works(operands, active, p)) {
      int inputs = operands.get(at + INPUTS);
      float sum = arena.get(Address.of(operands, at + FIRST_INPUT, p) + i);
      for (int k = 1; k < inputs; k++) {
        sum += arena.get(Address.of(operands, at + FIRST_INPUT + 2 * k, p) + i);
      }
      arena.set(Address.of(operands, at + OUTPUT, p) + i, sum);
    }
  }
}
