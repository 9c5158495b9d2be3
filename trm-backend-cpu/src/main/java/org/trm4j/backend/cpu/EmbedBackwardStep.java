package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.EmbedBackward;

/** Runs {@link EmbedBackward}. */
final class EmbedBackwardStep implements Step.WithWeights {
  private final Place outputGradient;
  private final int tokenTable;
  private final int positionTable;
  private final int puzzleWidth;
  private final int length;
  private final int prefix;
  private final int width;
  private final int wave;
  private final float scale;

  EmbedBackwardStep(EmbedBackward operation, Lowered lowered) {
    outputGradient = lowered.place(operation.outputGradient());
    tokenTable = lowered.weights().offset(operation.tokenTable());
    @Nullable ParameterSpec positions = operation.positionTable();
    positionTable = positions == null ? -1 : lowered.weights().offset(positions);
    puzzleWidth = operation.puzzleTable() == null ? 0 : lowered.config().puzzleEmbDim();
    length = lowered.config().length();
    prefix = lowered.config().puzzleEmbLen();
    width = lowered.config().hiddenSize();
    wave = lowered.wave();
    scale = operation.scale();
  }

  /** The left factor holds the scaled gradients of all rows, the right one each row's token. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(wave * length * width, wave * length, 0, 0);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    if (worker.index() != 0) {
      return;
    }
    Wave into = frame.wave();
    float[] gradient = outputGradient.array(frame);
    int from = frame.place * length * width;
    for (int i = 0; i < length * width; i++) {
      into.left0[from + i] = gradient[outputGradient.offset() + i] * scale;
    }
    for (int row = prefix; row < length; row++) {
      into.right0[frame.place * length + row] = frame.sequence.tokens[row - prefix];
    }
    float[] puzzle = into.gradients.puzzles[into.firstSlot + frame.place];
    System.arraycopy(into.left0, from, puzzle, 0, puzzleWidth);
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
        int token = tokenTable + (int) into.right0[row] * width;
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
