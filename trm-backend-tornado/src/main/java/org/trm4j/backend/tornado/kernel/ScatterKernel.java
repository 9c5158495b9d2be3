package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Overwrites the same range of every slot; one item per element. Launch: count x slots. */
public final class ScatterKernel {
  private static final int COUNT = 0;
  private static final int START = 2;
  private static final int SLOT_STEP = 4;

  private ScatterKernel() {}

  /** Operands from {@code at}: count, first of the range, floats from a slot to the next. */
  public static void run(
      KernelContext context, IntArray operands, FloatArray source, FloatArray target, int at) {
    int i = context.globalIdx;
    int slot = context.globalIdy;
    int count = operands.get(at + COUNT);
    if (i < count) {
      target.set(
          operands.get(at + START) + slot * operands.get(at + SLOT_STEP) + i,
          source.get(slot * count + i));
    }
  }
}
