package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A row's part of a {@link org.trm4j.plan.operation.TermLoss} of classes and its gradient, in
 * double precision; one item per row. Launch: rows x 1 x sequences.
 */
public final class ClassLossKernel {
  private static final int LOGITS = 0;
  private static final int TARGETS = 2;
  private static final int WEIGHTS = 4;
  private static final int GRADIENT = 6;
  private static final int LOSSES = 8;
  private static final int ROWS = 10;
  private static final int WIDTH = 12;
  private static final int STABLE = 14;

  private ClassLossKernel() {}

  /**
   * Operands from {@code at}: logits, targets, weights, gradient, loss of each row; rows, width,
   * and 1 for StableMax or 0 for softmax.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray scalars,
      FloatArray arena,
      int at,
      float share) {
    int row = context.globalIdx;
    int p = context.globalIdz;
    if (row < operands.get(at + ROWS) && Address.works(operands, active, p)) {
      int width = operands.get(at + WIDTH);
      int x = Address.of(operands, at + LOGITS, p) + row * width;
      int to = Address.of(operands, at + GRADIENT, p) + row * width;
      int loss = Address.of(operands, at + LOSSES, p) + row;
      double weight = arena.get(Address.of(operands, at + WEIGHTS, p) + row);
      if (weight == 0) {
        for (int i = 0; i < width; i++) {
          arena.set(to + i, 0f);
        }
        arena.set(loss, 0f);
      } else {
        int label = (int) arena.get(Address.of(operands, at + TARGETS, p) + row);
        boolean stable = operands.get(at + STABLE) != 0;
        double scale = (double) scalars.get(0) * share * weight;
        double max = arena.get(x);
        for (int i = 1; i < width; i++) {
          double v = arena.get(x + i);
          max = v > max ? v : max;
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
          double v = arena.get(x + i);
          double s = v >= 0 ? v + 1 : 1 / (1 - v);
          sum += stable ? s : TornadoMath.exp(v - max);
        }
        double target = 0;
        for (int i = 0; i < width; i++) {
          double v = arena.get(x + i);
          double s = v >= 0 ? v + 1 : 1 / (1 - v);
          double slope = v >= 0 ? 1 : s * s;
          double hit = i == label ? 1 : 0;
          double ofStable = slope * (1 / sum - hit / s);
          double ofSoft = TornadoMath.exp(v - max) / sum - hit;
          arena.set(to + i, (float) (scale * (stable ? ofStable : ofSoft)));
          target = i == label ? (stable ? s : v - max) : target;
        }
        double ofStable = TornadoMath.log(sum) - TornadoMath.log(stable ? target : 1);
        double ofSoft = TornadoMath.log(sum) - target;
        arena.set(loss, (float) (weight * (stable ? ofStable : ofSoft)));
      }
    }
  }
}
