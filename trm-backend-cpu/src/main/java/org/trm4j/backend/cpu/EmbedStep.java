package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Embed;

/** Runs {@link Embed}. */
final class EmbedStep implements Step {
  private final Place output;
  private final Weights weights;
  private final PuzzleTable puzzles;
  private final int tokenTable;
  private final int positionTable;
  private final int length;
  private final int prefix;
  private final int width;
  private final float scale;

  EmbedStep(Embed operation, Lowered lowered, PuzzleTable puzzles) {
    this.output = lowered.place(operation.output());
    this.weights = lowered.weights();
    this.puzzles = puzzles;
    this.tokenTable = weights.offset(operation.tokenTable());
    @Nullable ParameterSpec positions = operation.positionTable();
    this.positionTable = positions == null ? -1 : weights.offset(positions);
    this.length = lowered.config().length();
    this.prefix = lowered.config().puzzleEmbLen();
    this.width = lowered.config().hiddenSize();
    this.scale = operation.scale();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] out = output.array(frame);
    float[] values = weights.values;
    for (int row = worker.from(length); row < worker.to(length); row++) {
      int to = output.offset() + row * width;
      if (row < prefix) {
        puzzles.copySlice(frame.sequence.puzzle, row * width, out, to, width);
      } else {
        System.arraycopy(
            values, tokenTable + frame.sequence.tokens[row - prefix] * width, out, to, width);
      }
      if (positionTable >= 0) {
        for (int i = 0; i < width; i++) {
          out[to + i] += values[positionTable + row * width + i];
        }
      }
      for (int i = 0; i < width; i++) {
        out[to + i] *= scale;
      }
    }
  }
}
