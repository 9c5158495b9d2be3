package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The gradient of {@link RmsNormGradientKernel} for devices with many small processors, in groups
 * as {@link GroupRmsNormKernel}. Launch: 64 x vectors x sequences, in groups of 64 x 1 x 1.
 */
public final class GroupRmsNormGradientKernel {
  private static final int GROUP = GroupRmsNormKernel.GROUP;

  private GroupRmsNormGradientKernel() {}

  /** Operands from {@code at}: those of {@link RmsNormGradientKernel}. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    float[] sums = context.allocateFloatLocalArray(GROUP);
    int lane = context.localIdx;
    int v = context.globalIdy;
    int p = context.globalIdz;
    int n = operands.get(at + 10);
    int vector = v * operands.get(at + 12);
    int step = operands.get(at + 14);
    int out = Address.of(operands, at, p) + vector;
    int gradient = Address.of(operands, at + 4, p) + vector;
    int to = Address.of(operands, at + 6, p) + vector;
    // An idle group sums nothing; all of its items meet the same barrier.
    int end = Address.works(operands, active, p) ? n : 0;
    float sum = 0f;
    for (int i = lane; i < end; i += GROUP) {
      sum += arena.get(out + i * step) * arena.get(gradient + i * step);
    }
    sums[lane] = sum;
    context.localBarrier();
    float all = 0f;
    for (int u = 0; u < GROUP; u++) {
      all += sums[u];
    }
    float mean = all / n;
    for (int i = lane; i < end; i += GROUP) {
      float r = arena.get(Address.of(operands, at + 2, p) + v);
      float d = arena.get(gradient + i * step) - arena.get(out + i * step) * mean;
      arena.set(to + i * step, r * d);
    }
  }
}
