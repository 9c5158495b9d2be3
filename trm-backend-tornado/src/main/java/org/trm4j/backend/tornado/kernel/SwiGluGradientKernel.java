package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Computes in place, from gate, up and the gradient of {@code silu(gate) * up}: the gradients of
 * gate and up, and the product itself, which replaces its gradient. An item an element; gate and up
 * alternate in blocks of {@code block} floats. Launch: block x blocks x sequences.
 */
public final class SwiGluGradientKernel {
  private static final int GATE_AND_UP = 0;
  private static final int PRODUCT = 2;
  private static final int BLOCK = 4;

  private SwiGluGradientKernel() {}

  /** Operands from {@code at}: gate and up, product; block. */
  public static void run(
      KernelContext context, IntArray operands, IntArray active, FloatArray arena, int at) {
    int i = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int block = operands.get(at + BLOCK);
    if (i < block && Address.works(operands, active, p)) {
      int gateAt = Address.of(operands, at + GATE_AND_UP, p) + row * 2 * block + i;
      int productAt = Address.of(operands, at + PRODUCT, p) + row * block + i;
      float gate = arena.get(gateAt);
      float up = arena.get(gateAt + block);
      float d = arena.get(productAt);
      float sigmoid = 1f / (1f + TornadoMath.exp(-gate));
      arena.set(productAt, gate * sigmoid * up);
      arena.set(gateAt, d * up * (sigmoid + gate * sigmoid * (1f - sigmoid)));
      arena.set(gateAt + block, d * gate * sigmoid);
    }
  }
}
