package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.PuzzleTable;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Embed;

/** Runs {@link Embed}. */
final class EmbedStep implements Step {
  private final BufferLocation output;
  private final Weights weights;
  private final PuzzleTable puzzles;
  private final int tokenTable;
  private final int positionTable;
  private final int length;
  private final int prefix;
  private final int width;
  private final float scale;

  EmbedStep(Embed operation, StepContext context) {
    this.output = context.locate(operation.output());
    this.weights = context.weights();
    this.puzzles = context.puzzles();
    this.tokenTable = weights.offset(operation.tokenTable());
    @Nullable ParameterSpec positions = operation.positionTable();
    this.positionTable = positions == null ? -1 : weights.offset(positions);
    this.length = context.config().length();
    this.prefix = context.config().puzzleEmbLen();
    this.width = context.config().hiddenSize();
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
