package org.trm4j.backend.tornado.kernel.head;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sums the positions' losses, and the gradient of the halting head; one item per sequence. The
 * report of a slot is {@link SlotRecord#REPORT} floats: loss, right labels, q, next q. Launch: 1 x
 * 1 x sequences.
 */
public final class SequenceLossKernel {
  private static final int POSITIONS = 0;
  private static final int Q = 2;
  private static final int Q_GRADIENT = 4;
  private static final int NEXT_Q = 6;
  private static final int TOKENS = 8;
  private static final int HAS_NEXT = 10;
  private static final int RECORD = 12;

  private SequenceLossKernel() {}

  /**
   * Operands from {@code at}: [loss, right] of each position, q, its gradient, next q; tokens, 1
   * where there is a next q, integers of a record.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray inputs,
      FloatArray scalars,
      FloatArray arena,
      FloatArray reports,
      int at) {
    int p = context.globalIdz;
    if (context.globalIdx == 0 && p < operands.get(Address.COUNT)) {
      int tokens = operands.get(at + TOKENS);
      int record = operands.get(at + RECORD);
      int slot = operands.get(Address.FIRST) + p;
      int positions = Address.of(operands, at + POSITIONS, p);
      double loss = 0;
      int right = 0;
      for (int token = 0; token < tokens; token++) {
        loss += arena.get(positions + 2 * token);
        right += arena.get(positions + 2 * token + 1) > 0f ? 1 : 0;
      }
      int labelled = inputs.get(slot * record + SlotRecord.LABELLED);
      int q = Address.of(operands, at + Q, p);
      double halt = arena.get(q);
      double proceed = arena.get(q + 1);
      double scale = 0.5 * scalars.get(0);
      double exact = right == labelled ? 1 : 0;
      double dHalt = scale * (1 / (1 + TornadoMath.exp(-halt)) - exact);
      double dProceed = 0;
      int report = slot * SlotRecord.REPORT;
      if (operands.get(at + HAS_NEXT) != 0) {
        int next = Address.of(operands, at + NEXT_Q, p);
        double nextHalt = arena.get(next);
        double nextProceed = arena.get(next + 1);
        boolean larger = nextProceed > nextHalt && inputs.get(slot * record + SlotRecord.LAST) == 0;
        double logit = larger ? nextProceed : nextHalt;
        double target = 1 / (1 + TornadoMath.exp(-logit));
        dProceed = scale * (1 / (1 + TornadoMath.exp(-proceed)) - target);
        reports.set(report + 4, (float) nextHalt);
        reports.set(report + 5, (float) nextProceed);
      }
      int gradient = Address.of(operands, at + Q_GRADIENT, p);
      arena.set(gradient, (float) dHalt);
      arena.set(gradient + 1, (float) dProceed);
      reports.set(report, (float) (loss / (labelled > 0 ? labelled : 1)));
      reports.set(report + 1, right);
      reports.set(report + 2, (float) halt);
      reports.set(report + 3, (float) proceed);
    }
  }
}
