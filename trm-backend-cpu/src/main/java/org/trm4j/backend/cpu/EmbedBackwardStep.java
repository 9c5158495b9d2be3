package org.trm4j.backend.cpu;

import org.trm4j.model.ModelConfig;
import org.trm4j.plan.EmbedBackward;

/** {@link EmbedBackward}. */
final class EmbedBackwardStep implements Step {
  private final EmbedBackward operation;
  private final ModelConfig config;
  private final Slice gradient;
  private final Weights weights;

  EmbedBackwardStep(
      EmbedBackward operation, ModelConfig config, Slice.Locator locator, Weights weights) {
    this.operation = operation;
    this.config = config;
    this.gradient = locator.find(operation.outputGradient());
    this.weights = weights;
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int units(int phase) {
    return 1;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    if (operation.puzzleTable() != null) {
      float[] in = gradient.of(frame);
      for (int i = 0; i < config.puzzleEmbDim(); i++) {
        frame.puzzleGradient[i] = operation.scale() * in[gradient.offset() + i];
      }
    }
  }

  @Override
  public int weightUnits() {
    return 1;
  }

  @Override
  public void addWeightGradient(int from, int to, Frame frame) {
    float[] in = gradient.of(frame);
    float[] table = weights.gradient(operation.tokenTable());
    int width = config.hiddenSize();
    float scale = operation.scale();
    int start = gradient.offset() + config.puzzleEmbLen() * width;
    for (int s = 0; s < config.seqLen(); s++) {
      int target = frame.tokens[s] * width;
      for (int i = 0; i < width; i++) {
        table[target + i] += scale * in[start + s * width + i];
      }
    }
    if (operation.positionTable() != null) {
      float[] positions = weights.gradient(operation.positionTable());
      for (int i = 0; i < positions.length; i++) {
        positions[i] += scale * in[gradient.offset() + i];
      }
    }
  }
}
