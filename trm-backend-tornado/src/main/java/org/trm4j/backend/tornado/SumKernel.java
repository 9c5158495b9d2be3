package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds buffers from left to right; an item an element. Launch: sequences x n items or more. */
final class SumKernel {
  private SumKernel() {}

  /** Operands from {@code at}: the output, then the inputs. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int n,
      int inputs) {
    int i = context.globalIdx % n;
    int p = context.globalIdx / n;
    if (Address.works(operands, active, p)) {
      float sum = arena.get(Address.of(operands, at + 2, p) + i);
      for (int k = 1; k < inputs; k++) {
        sum += arena.get(Address.of(operands, at + 2 + 2 * k, p) + i);
      }
      arena.set(Address.of(operands, at, p) + i, sum);
    }
  }
}
