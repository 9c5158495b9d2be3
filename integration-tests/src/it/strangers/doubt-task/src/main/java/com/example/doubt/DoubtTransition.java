package com.example.doubt;

import java.util.Map;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.spi.*;

/** Goes on while any cell is doubted. The memory is the draft before, to learn doubt from. */
public final class DoubtTransition implements TransitionProvider {
  public String id() {
    return "doubt";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public String description() {
    return "stops when no cell is doubted";
  }

  public PolicyArguments defaults() {
    return PolicyArguments.of("above", 0.5);
  }

  public Transition transition(PolicyArguments arguments, ModelConfig config, PuzzleDomain domain) {
    double above = arguments.number("above");
    return new Transition() {
      public float[] begin(Transition.Episode episode) {
        return new float[config.seqLen()];
      }

      public Transition.Presented present(float[] memory, Transition.Episode episode) {
        if (!episode.training()) return new Transition.Presented(Map.of(), Map.of());
        float[] wrong = new float[memory.length];
        for (int i = 0; i < wrong.length; i++) wrong[i] = memory[i] == episode.answer()[i] ? 0 : 1;
        return new Transition.Presented(
            Map.of(), Map.of("doubted", Transition.GivenTarget.everyRow(wrong, wrong.length)));
      }

      public Transition.Outcome next(
          float[] memory, Transition.Outputs outputs, Transition.Episode episode) {
        float[] logits = outputs.logits("logits"), doubt = outputs.logits("doubt");
        int width = config.vocabSize();
        int[] draft = new int[config.seqLen()];
        float[] next = new float[draft.length];
        boolean sure = episode.step() > 1;
        for (int cell = 0; cell < draft.length; cell++) {
          for (int i = 1; i < width; i++) {
            if (logits[cell * width + i] > logits[cell * width + draft[cell]]) draft[cell] = i;
          }
          next[cell] = draft[cell];
          sure &= 1 / (1 + Math.exp(-doubt[cell])) < above;
        }
        return sure
            ? new Transition.Outcome.Done(draft)
            : new Transition.Outcome.Continue(draft, next);
      }
    };
  }
}
