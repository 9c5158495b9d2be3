package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code scores[h, i, j] = scale * q_i k_j}; one item per score. Launch: length x (heads x length)
 * x sequences.
 */
public final class ScoreKernel {
  private ScoreKernel() {}

  /** Operands from {@code at}: [q; k; v] rows, scores; heads, length, size. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float scale) {
    int j = context.globalIdx;
    int p = context.globalIdz;
    int length = operands.get(at + 6);
    if (j < length && Address.works(operands, active, p)) {
      int heads = operands.get(at + 4);
      int size = operands.get(at + 8);
      int head = context.globalIdy / length;
      int i = context.globalIdy % length;
      int row = 3 * heads * size;
      int q = Address.of(operands, at, p) + head * size + i * row;
      int k = Address.of(operands, at, p) + (heads + head) * size + j * row;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(q + c) * arena.get(k + c);
      }
      arena.set(Address.of(operands, at + 2, p) + context.globalIdy * length + j, sum * scale);
    }
  }
}
