package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Overwrites the same range of every slot; one item per element. Launch: count x slots. */
public final class ScatterKernel {
  private ScatterKernel() {}

  /** Operands from {@code at}: count, first of the range, floats from a slot to the next. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray source, FloatArray target, int at) {
    int i = context.globalIdx;
    int slot = context.globalIdy;
    int count = operands.get(at);
    if (i < count) {
      target.set(
          operands.get(at + 2) + slot * operands.get(at + 4) + i, source.get(slot * count + i));
    }
  }
}
