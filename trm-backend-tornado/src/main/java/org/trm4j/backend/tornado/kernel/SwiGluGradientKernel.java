package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Computes in place, from gate, up and the gradient of {@code silu(gate) * up}: the gradients of
 * gate and up, and the product itself, which replaces its gradient. Gate and up alternate in blocks
 * of {@code block} floats. An item has four elements, a group the next 256. Launch: block / 4 x
 * blocks x sequences, in groups of 64 x 1 x 1.
 */
public final class SwiGluGradientKernel {
  /** Elements of an item. */
  public static final int EACH = 4;

  private static final int GROUP = 64;
  private static final int GATE_AND_UP = 0;
  private static final int PRODUCT = 2;
  private static final int BLOCK = 4;

  private SwiGluGradientKernel() {}

  /** Operands from {@code at}: gate and up, product; block. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int lane = context.localIdx;
    int i = (context.globalIdx - lane) * EACH + lane;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int block = operands.get(at + BLOCK);
    if (i < block && Address.works(operands, active, p)) {
      int last = block - 1 - i;
      int i1 = last < GROUP ? 0 : GROUP;
      int i2 = last < 2 * GROUP ? 0 : 2 * GROUP;
      int i3 = last < 3 * GROUP ? 0 : 3 * GROUP;
      int gateAt = Address.of(operands, at + GATE_AND_UP, p) + row * 2 * block + i;
      int upAt = gateAt + block;
      int productAt = Address.of(operands, at + PRODUCT, p) + row * block + i;
      float gate0 = arena.get(gateAt);
      float up0 = arena.get(upAt);
      float d0 = arena.get(productAt);
      float gate1 = arena.get(gateAt + i1);
      float up1 = arena.get(upAt + i1);
      float d1 = arena.get(productAt + i1);
      float gate2 = arena.get(gateAt + i2);
      float up2 = arena.get(upAt + i2);
      float d2 = arena.get(productAt + i2);
      float gate3 = arena.get(gateAt + i3);
      float up3 = arena.get(upAt + i3);
      float d3 = arena.get(productAt + i3);
      float s0 = 1f / (1f + TornadoMath.exp(-gate0));
      arena.set(productAt, gate0 * s0 * up0);
      arena.set(gateAt, d0 * up0 * (s0 + gate0 * s0 * (1f - s0)));
      arena.set(upAt, d0 * gate0 * s0);
      if (last >= GROUP) {
        float s1 = 1f / (1f + TornadoMath.exp(-gate1));
        arena.set(productAt + i1, gate1 * s1 * up1);
        arena.set(gateAt + i1, d1 * up1 * (s1 + gate1 * s1 * (1f - s1)));
        arena.set(upAt + i1, d1 * gate1 * s1);
      }
      if (last >= 2 * GROUP) {
        float s2 = 1f / (1f + TornadoMath.exp(-gate2));
        arena.set(productAt + i2, gate2 * s2 * up2);
        arena.set(gateAt + i2, d2 * up2 * (s2 + gate2 * s2 * (1f - s2)));
        arena.set(upAt + i2, d2 * gate2 * s2);
      }
      if (last >= 3 * GROUP) {
        float s3 = 1f / (1f + TornadoMath.exp(-gate3));
        arena.set(productAt + i3, gate3 * s3 * up3);
        arena.set(gateAt + i3, d3 * up3 * (s3 + gate3 * s3 * (1f - s3)));
        arena.set(upAt + i3, d3 * gate3 * s3);
      }
    }
  }
}
