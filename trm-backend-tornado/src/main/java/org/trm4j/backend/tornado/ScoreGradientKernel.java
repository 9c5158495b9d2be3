package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Attention weights to the gradient of their scores, in place: {@code w * (dAttended_i v_j - dot_i)
 * * scale}; an item a score. Launch: sequences x heads x length x length items or more.
 */
final class ScoreGradientKernel {
  private ScoreGradientKernel() {}

  /** Operands from {@code at}: weights, v rows, the gradient of attended, dots. */
  static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      int heads,
      int length,
      int size,
      float scale) {
    int j = context.globalIdx % length;
    int i = context.globalIdx / length % length;
    int head = context.globalIdx / length / length % heads;
    int p = context.globalIdx / length / length / heads;
    if (Address.works(operands, active, p)) {
      int v = Address.of(operands, at + 2, p) + head * size + j * 3 * heads * size;
      int gradient = Address.of(operands, at + 4, p) + (i * heads + head) * size;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(gradient + c) * arena.get(v + c);
      }
      float dot = arena.get(Address.of(operands, at + 6, p) + head * length + i);
      int score = Address.of(operands, at, p) + (head * length + i) * length + j;
      arena.set(score, arena.get(score) * (sum - dot) * scale);
    }
  }
}
