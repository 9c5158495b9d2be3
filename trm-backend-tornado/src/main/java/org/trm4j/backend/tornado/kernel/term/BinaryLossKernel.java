package org.trm4j.backend.tornado.kernel.term;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A row's part of a binary {@link org.trm4j.plan.operation.TermLoss} and its gradient, in double
 * precision; one item per row. Launch: rows x 1 x sequences.
 */
public final class BinaryLossKernel {
  private static final int LOGITS = 0;
  private static final int TARGETS = 2;
  private static final int WEIGHTS = 4;
  private static final int GRADIENT = 6;
  private static final int LOSSES = 8;
  private static final int ROWS = 10;
  private static final int WIDTH = 12;

  private BinaryLossKernel() {}

  /**
   * Operands from {@code at}: logits, targets, weights, gradient, loss of each row; rows, width.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray scalars,
      FloatArray arena,
      int at,
      float positive,
      float negative,
      float share) {
    int row = context.globalIdx;
    int p = context.globalIdz;
    if (row < operands.get(at + ROWS) && Address.works(operands, active, p)) {
      int width = operands.get(at + WIDTH);
      int x = Address.of(operands, at + LOGITS, p) + row * width;
      int targets = Address.of(operands, at + TARGETS, p) + row * width;
      int to = Address.of(operands, at + GRADIENT, p) + row * width;
      int loss = Address.of(operands, at + LOSSES, p) + row;
      double weight = arena.get(Address.of(operands, at + WEIGHTS, p) + row);
      if (weight == 0) {
        for (int i = 0; i < width; i++) {
          arena.set(to + i, 0f);
        }
        arena.set(loss, 0f);
      } else {
        double scale = (double) scalars.get(0) * share * weight / width;
        double sum = 0;
        for (int i = 0; i < width; i++) {
          double v = arena.get(x + i);
          double t = arena.get(targets + i);
          double p1 = 1 / (1 + TornadoMath.exp(-v));
          double yes = positive * t;
          double no = negative * (1 - t);
          // log(1 + exp(v)) without overflow for any v.
          double size = v < 0 ? -v : v;
          double rest = TornadoMath.log(1 + TornadoMath.exp(-size));
          sum += yes * (rest + (v < 0 ? -v : 0)) + no * (rest + (v > 0 ? v : 0));
          arena.set(to + i, (float) (scale * (no * p1 - yes * (1 - p1))));
        }
        arena.set(loss, (float) (weight * sum / width));
      }
    }
  }
}
