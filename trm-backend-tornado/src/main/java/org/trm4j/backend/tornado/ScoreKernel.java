package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code scores[h, i, j] = scale * q_i k_j}; an item a score. Launch: sequences x heads x length x
 * length items or more.
 */
final class ScoreKernel {
  private ScoreKernel() {}

  /** Operands from {@code at}: [q; k; v] rows, scores. */
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
      int row = 3 * heads * size;
      int q = Address.of(operands, at, p) + head * size + i * row;
      int k = Address.of(operands, at, p) + (heads + head) * size + j * row;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(q + c) * arena.get(k + c);
      }
      arena.set(Address.of(operands, at + 2, p) + (head * length + i) * length + j, sum * scale);
    }
  }
}
