package org.trm4j.backend.cpu.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.backend.cpu.program.PuzzleTable;
import org.trm4j.backend.spi.UpdateRule;

/** Sign-SGD on the puzzle embedding rows of a batch, as {@link UpdateRule} defines it. */
final class PuzzleSignSgd {
  private PuzzleSignSgd() {}

  /**
   * Updates rows.
   *
   * @param identifiers of the gradients' rows; one may come several times
   */
  static void update(PuzzleTable table, int[] identifiers, float[][] gradients, UpdateRule rule) {
    if (table.width() == 0) {
      return;
    }
    Map<Integer, double[]> sums = new LinkedHashMap<>();
    for (int slot = 0; slot < identifiers.length; slot++) {
      double[] sum = sums.computeIfAbsent(identifiers[slot], id -> new double[table.width()]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += gradients[slot][i];
      }
    }
    float decay = (float) (1 - rule.puzzleLearningRate() * rule.puzzleWeightDecay());
    float rate = (float) rule.puzzleLearningRate();
    float[] row = new float[table.width()];
    sums.forEach((id, sum) -> {
      table.copySlice(id, 0, row, 0, row.length);
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] * decay - rate * (float) Math.signum(sum[i]);
      }
      table.write(id, row);
    });
  }
}
