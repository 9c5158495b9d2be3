package org.trm4j.backend.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Embed;

/** {@link Embed}. */
final class EmbedStep implements Step {
  private final Embed operation;
  private final ModelConfig config;
  private final Slice output;
  private final float[] tokens;
  private final float @Nullable [] positions;
  private final Weights weights;

  EmbedStep(Embed operation, ModelConfig config, Slice.Locator locator, Weights weights) {
    this.operation = operation;
    this.config = config;
    this.output = locator.find(operation.output());
    this.tokens = weights.raw(operation.tokenTable());
    ParameterSpec table = operation.positionTable();
    this.positions = table == null ? null : weights.raw(table);
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
    float[] out = output.of(frame);
    int width = config.hiddenSize();
    int prefix = config.puzzleEmbLen() * width;
    float scale = operation.scale();
    Arrays.fill(out, output.offset(), output.offset() + prefix, 0);
    if (operation.puzzleTable() != null) {
      weights.puzzleRow(operation.puzzleTable(), frame.puzzle, scale, out, output.offset());
    }
    for (int s = 0; s < config.seqLen(); s++) {
      int source = frame.tokens[s] * width;
      int target = output.offset() + prefix + s * width;
      for (int i = 0; i < width; i++) {
        out[target + i] = scale * tokens[source + i];
      }
    }
    if (positions != null) {
      for (int i = 0; i < config.length() * width; i++) {
        out[output.offset() + i] += scale * positions[i];
      }
    }
  }
}
