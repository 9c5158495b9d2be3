package org.trm4j.episode;

import java.util.Map;
import org.trm4j.model.ModelConfig;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Episode;
import org.trm4j.task.spi.Outcome;
import org.trm4j.task.spi.Outputs;
import org.trm4j.task.spi.Presented;
import org.trm4j.task.spi.Transition;

/** The transition of a task that names none: the same input at every step. */
final class KeepInput implements Transition {
  private final int cells;

  KeepInput(ModelConfig config) {
    this.cells = config.seqLen();
  }

  @Override
  public float[] begin(Episode episode) {
    return new float[0];
  }

  @Override
  public Presented present(float[] memory, Episode episode) {
    return new Presented(Map.of(), Map.of());
  }

  @Override
  public Outcome next(float[] memory, Outputs outputs, Episode episode) {
    float[] logits = outputs.logits(TaskProgram.LOGITS);
    int width = logits.length / cells;
    int[] draft = new int[cells];
    for (int cell = 0; cell < cells; cell++) {
      for (int i = 1; i < width; i++) {
        if (logits[cell * width + i] > logits[cell * width + draft[cell]]) {
          draft[cell] = i;
        }
      }
    }
    return new Outcome.Continue(draft, memory);
  }
}
