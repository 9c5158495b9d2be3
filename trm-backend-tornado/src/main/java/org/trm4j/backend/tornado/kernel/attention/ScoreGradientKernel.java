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
  private static final int WEIGHTS = 0;
  private static final int QKV = 2;
  private static final int GRADIENT = 4;
  private static final int DOTS = 6;
  private static final int HEADS = 8;
  private static final int LENGTH = 10;
  private static final int SIZE = 12;

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
    int length = operands.get(at + LENGTH);
    if (j < length && Address.works(operands, active, p)) {
      int heads = operands.get(at + HEADS);
      int size = operands.get(at + SIZE);
      int head = row / length;
      int i = row - head * length;
      int v = Address.of(operands, at + QKV, p) + head * size + j * 3 * heads * size;
      int gradient = Address.of(operands, at + GRADIENT, p) + (i * heads + head) * size;
      float sum = 0f;
      for (int c = 0; c < size; c++) {
        sum += arena.get(gradient + c) * arena.get(v + c);
      }
      float dot = arena.get(Address.of(operands, at + DOTS, p) + row);
      int score = Address.of(operands, at + WEIGHTS, p) + row * length + j;
      arena.set(score, arena.get(score) * (sum - dot) * scale);
    }
  }
}
