package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The norm of {@link RmsNormKernel} for devices with many small processors: a group of 64 items
 * shares one vector, so that neighbouring items read neighbouring values of a row. Launch: 64 x
 * vectors x sequences, in groups of 64 x 1 x 1.
 */
public final class GroupRmsNormKernel {
  /** Items of a group. */
  public static final int GROUP = 64;

  private GroupRmsNormKernel() {}

  /** Operands from {@code at}: those of {@link RmsNormKernel}. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float epsilon) {
    float[] sums = context.allocateFloatLocalArray(GROUP);
    int lane = context.localIdx;
    int v = context.globalIdy;
    int p = context.globalIdz;
    int n = operands.get(at + RmsNormKernel.SIZE);
    int step = operands.get(at + RmsNormKernel.VALUE_STEP);
    int from =
        Address.of(operands, at + RmsNormKernel.VALUES, p)
            + v * operands.get(at + RmsNormKernel.VECTOR_STEP);
    // A group that rests sums up nothing: all of its items meet the same barrier.
    int end = Address.works(operands, active, p) ? n : 0;
    float squares = 0f;
    for (int i = lane; i < end; i += GROUP) {
      float u = arena.get(from + i * step);
      squares += u * u;
    }
    sums[lane] = squares;
    context.localBarrier();
    float all = 0f;
    for (int u = 0; u < GROUP; u++) {
      all += sums[u];
    }
    float factor = 1f / TornadoMath.sqrt(all / n + epsilon);
    for (int i = lane; i < end; i += GROUP) {
      arena.set(from + i * step, arena.get(from + i * step) * factor);
    }
    if (lane == 0 && end > 0 && operands.get(at + RmsNormKernel.KEEPS_FACTORS) != 0) {
      arena.set(Address.of(operands, at + RmsNormKernel.FACTORS, p) + v, factor);
    }
  }
}
