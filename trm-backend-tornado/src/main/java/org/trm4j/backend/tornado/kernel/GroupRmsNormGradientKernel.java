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
    int n = operands.get(at + RmsNormGradientKernel.SIZE);
    int vector = v * operands.get(at + RmsNormGradientKernel.VECTOR_STEP);
    int step = operands.get(at + RmsNormGradientKernel.VALUE_STEP);
    int out = Address.of(operands, at + RmsNormGradientKernel.OUT, p) + vector;
    int gradient = Address.of(operands, at + RmsNormGradientKernel.OUT_GRADIENT, p) + vector;
    int to = Address.of(operands, at + RmsNormGradientKernel.INPUT_GRADIENT, p) + vector;
    // A group that rests sums up nothing: all of its items meet the same barrier.
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
      float r = arena.get(Address.of(operands, at + RmsNormGradientKernel.FACTORS, p) + v);
      float d = arena.get(gradient + i * step) - arena.get(out + i * step) * mean;
      arena.set(to + i * step, r * d);
    }
  }
}
