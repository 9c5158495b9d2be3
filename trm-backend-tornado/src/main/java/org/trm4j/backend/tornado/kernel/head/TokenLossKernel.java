package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * StableMax cross-entropy of each position in double precision and its gradient; one item per
 * position. Launch: tokens x 1 x sequences.
 */
public final class TokenLossKernel {
  private static final int LOGITS = 0;
  private static final int GRADIENT = 2;
  private static final int REPORT = 4;
  private static final int TOKENS = 6;
  private static final int VOCABULARY = 8;
  private static final int RECORD = 10;

  private TokenLossKernel() {}

  /**
   * Operands from {@code at}: logits, their gradient, [loss, right] of each position; tokens,
   * vocabulary, integers of a record.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      FloatArray scalars,
      FloatArray arena,
      int at) {
    int token = context.globalIdx;
    int p = context.globalIdz;
    int tokens = operands.get(at + TOKENS);
    if (token < tokens && p < operands.get(Address.COUNT)) {
      int vocabulary = operands.get(at + VOCABULARY);
      int slot = (operands.get(Address.FIRST) + p) * operands.get(at + RECORD);
      int label = inputs.get(slot + SlotRecord.TOKENS + tokens + token);
      int x = Address.of(operands, at + LOGITS, p) + token * vocabulary;
      int gradient = Address.of(operands, at + GRADIENT, p) + token * vocabulary;
      int report = Address.of(operands, at + REPORT, p) + token * 2;
      if (label < 0) {
        for (int i = 0; i < vocabulary; i++) {
          arena.set(gradient + i, 0f);
        }
        arena.set(report, 0f);
        arena.set(report + 1, 0f);
      } else {
        double scale = (double) scalars.get(0) / inputs.get(slot + SlotRecord.LABELLED);
        double sum = 0;
        int best = 0;
        for (int i = 0; i < vocabulary; i++) {
          double v = arena.get(x + i);
          sum += v >= 0 ? v + 1 : 1 / (1 - v);
          best = arena.get(x + i) > arena.get(x + best) ? i : best;
        }
        double target = 0;
        for (int i = 0; i < vocabulary; i++) {
          double v = arena.get(x + i);
          double s = v >= 0 ? v + 1 : 1 / (1 - v);
          double slope = v >= 0 ? 1 : s * s;
          double inverse = i == label ? 1 / s : 0;
          target = i == label ? s : target;
          arena.set(gradient + i, (float) (scale * slope * (1 / sum - inverse)));
        }
        arena.set(report, (float) -TornadoMath.log(target / sum));
        arena.set(report + 1, best == label ? 1f : 0f);
      }
    }
  }
}
