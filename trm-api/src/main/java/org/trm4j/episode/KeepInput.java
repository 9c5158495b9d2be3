package org.trm4j.episode;

import java.util.Map;
import org.trm4j.model.ModelConfig;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/** The transition of a task that names none: the same input at every step. */
final class KeepInput implements Transition {
  private final int cells;

  KeepInput(ModelConfig config) {
    this.cells = config.seqLen();
  }

  @Override
  public float[] begin(Transition.Episode episode) {
    return new float[0];
  }

  @Override
  public Transition.Presented present(float[] memory, Transition.Episode episode) {
    return new Transition.Presented(Map.of(), Map.of());
  }

  @Override
  public Transition.Outcome next(
      float[] memory, Transition.Outputs outputs, Transition.Episode episode) {
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
    return new Transition.Outcome.Continue(draft, memory);
  }
}
