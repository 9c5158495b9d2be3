package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.cpu.program.PuzzleTable;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/**
 * Sign-SGD on the puzzle embedding rows of a batch, as {@link UpdateRule} defines it; the rows are
 * divided among the workers.
 */
final class PuzzleSignSgd {
  private final PuzzleTable table;
  private final List<Row> rows = new ArrayList<>();
  private final float decay;
  private final float rate;

  /** A row with the gradients of the slots that read it, in their order. */
  private record Row(int identifier, float[] values, List<float[]> gradients) {}

  /**
   * Reads the rows.
   *
   * @param identifiers the rows of the gradients; one may occur several times
   */
  PuzzleSignSgd(PuzzleTable table, int[] identifiers, float[][] gradients, UpdateRule rule) {
    this.table = table;
    Map<Integer, List<float[]>> bySlot = new LinkedHashMap<>();
    int count = table.width() == 0 ? 0 : identifiers.length;
    for (int slot = 0; slot < count; slot++) {
      bySlot.computeIfAbsent(identifiers[slot], id -> new ArrayList<>()).add(gradients[slot]);
    }
    bySlot.forEach((id, list) -> {
      float[] values = new float[table.width()];
      table.copySlice(id, 0, values, 0, values.length);
      rows.add(new Row(id, values, list));
    });
    decay = (float) (1 - rule.puzzleLearningRate() * rule.puzzleWeightDecay());
    rate = (float) rule.puzzleLearningRate();
  }

  /** Updates this worker's rows. */
  void update(Worker worker) {
    for (Row row : rows.subList(worker.from(rows.size()), worker.to(rows.size()))) {
      float[] values = row.values();
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (float[] gradient : row.gradients()) {
          sum += gradient[i];
        }
        values[i] = values[i] * decay - rate * (float) Math.signum(sum);
      }
    }
  }

  /** Writes the rows back, once all workers are done. */
  void store() {
    rows.forEach(row -> table.write(row.identifier(), row.values()));
  }
}
