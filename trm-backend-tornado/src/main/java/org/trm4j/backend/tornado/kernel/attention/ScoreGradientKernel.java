package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Attention weights to the gradient of their scores, in place: {@code w * (dAttended_i v_j - dot_i)
 * * scale}; one item per score. Launch: length x (heads x length) x sequences.
 */
public final class ScoreGradientKernel {
  private ScoreGradientKernel() {}

  /**
   * Operands from {@code at}: weights, v rows, the gradient of attended, dots; heads, length, size.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float scale) {
    int j = context.globalIdx;
    int row = context.globalIdy;
    int p = context.globalIdz;
    int length = operands.get(at + 10);
    if (j < length && Address.works(operands, active, p)) {
      int heads = operands.get(at + 8);
      int size = operands.get(at + 12);
      int head = row / length;
      int i = row % length;
      int v = Address.of(operands, at + 2, p) + head * size + j * 3 * heads * size;
      int gradient = Address.of(operands, at + 4, p) + (i * heads + head) * size;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(gradient + c) * arena.get(v + c);
      }
      float dot = arena.get(Address.of(operands, at + 6, p) + row);
      int score = Address.of(operands, at, p) + row * length + j;
      arena.set(score, arena.get(score) * (sum - dot) * scale);
    }
  }
}
