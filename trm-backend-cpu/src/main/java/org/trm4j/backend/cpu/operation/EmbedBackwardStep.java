package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Embed;

/** Runs {@link Embed.Backward}. */
final class EmbedBackwardStep implements Step.WithWeights {
  private final BufferLocation outputGradient;
  private final int tokenTable;
  private final int positionTable;
  private final int puzzleWidth;
  private final int length;
  private final int prefix;
  private final int width;
  private final int wave;
  private final float scale;

  EmbedBackwardStep(Embed.Backward operation, StepContext context) {
    outputGradient = context.locate(operation.outputGradient());
    tokenTable = context.weights().offset(operation.tokenTable());
    @Nullable ParameterSpec positions = operation.positionTable();
    positionTable = positions == null ? -1 : context.weights().offset(positions);
    puzzleWidth = operation.puzzleTable() == null ? 0 : context.config().puzzleEmbDim();
    length = context.config().length();
    prefix = context.config().puzzleEmbLen();
    width = context.config().hiddenSize();
    wave = context.wave();
    scale = operation.scale();
  }

  /** One left factor holds the scaled gradients of all rows, the other each row's token. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(wave * length * width, 0, wave * length, 0);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    Wave into = frame.wave();
    float[] gradient = outputGradient.array(frame);
    int from = frame.place * length * width;
    for (int i = worker.from(length) * width; i < worker.to(length) * width; i++) {
      into.left0[from + i] = gradient[outputGradient.offset() + i] * scale;
    }
    for (int row = Math.max(prefix, worker.from(length)); row < worker.to(length); row++) {
      into.left1[frame.place * length + row] = frame.sequence.tokens[row - prefix];
    }
    int first = worker.from(length) * width;
    int count = Math.min(puzzleWidth, worker.to(length) * width) - first;
    if (count > 0) {
      float[] puzzle = into.gradients.puzzles[into.firstSlot + frame.place];
      System.arraycopy(into.left0, from + first, puzzle, first, count);
    }
  }

  @Override
  public void weights(Wave into, Worker worker) {
    float[] gradients = into.gradients.values;
    int from = worker.from(width);
    int to = worker.to(width);
    for (int row = 0; row < into.count * length; row++) {
      int position = row % length;
      int origin = row * width;
      if (position >= prefix) {
        int token = tokenTable + (int) into.left1[row] * width;
        for (int i = from; i < to; i++) {
          gradients[token + i] += into.left0[origin + i];
        }
      }
      if (positionTable >= 0) {
        for (int i = from; i < to; i++) {
          gradients[positionTable + position * width + i] += into.left0[origin + i];
        }
      }
    }
  }
}
