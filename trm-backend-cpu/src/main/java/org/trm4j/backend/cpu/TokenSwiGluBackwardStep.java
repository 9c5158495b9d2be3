package org.trm4j.backend.cpu;

import org.trm4j.plan.TokenSwiGluBackward;

/**
 * {@link TokenSwiGluBackward}; the transposed input is kept in shared memory for the weight
 * gradients.
 */
final class TokenSwiGluBackwardStep implements Step {
  private static final int CHANNELS = 24;

  private final SwiGluGradient gradient;
  private final Slice input;
  private final Slice output;
  private final Slice scale;
  private final Slice outputGradient;
  private final Slice inputGradient;
  private final int length;
  private final int width;

  TokenSwiGluBackwardStep(
      TokenSwiGluBackward operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.gradient = new SwiGluGradient(operation.gateUp(), operation.down(), weights, kernels);
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    this.scale = locator.find(operation.inverseRms());
    this.outputGradient = locator.find(operation.outputGradient());
    this.inputGradient = locator.find(operation.inputGradient());
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int units(int phase) {
    return width;
  }

  @Override
  public int sharedSize() {
    return gradient.sharedSize(width) + width * length;
  }

  @Override
  public int tileSize() {
    return gradient.tileSize(CHANNELS) + 3 * CHANNELS * length;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    int transposed = gradient.sharedSize(width);
    int out = gradient.tileSize(CHANNELS);
    int dOut = out + CHANNELS * length;
    int dIn = dOut + CHANNELS * length;
    for (int channel = from; channel < to; channel += CHANNELS) {
      int end = Math.min(channel + CHANNELS, to);
      int h = transposed + channel * length;
      Transpose.columns(
          input.of(frame), input.offset(), width, length, channel, end, frame.shared, h);
      Transpose.columns(output.of(frame), output.offset(), width, length, channel, end, tile, out);
      Transpose.columns(
          outputGradient.of(frame),
          outputGradient.offset(),
          width,
          length,
          channel,
          end,
          tile,
          dOut);
      gradient.rows(
          frame.shared,
          h,
          tile,
          out,
          scale.of(frame),
          scale.offset() + channel,
          tile,
          dOut,
          tile,
          dIn,
          frame.shared,
          width,
          channel,
          end - channel,
          tile,
          0);
      Transpose.rows(
          tile, dIn, width, length, channel, end, inputGradient.of(frame), inputGradient.offset());
    }
  }

  @Override
  public int weightUnits() {
    return gradient.weightUnits();
  }

  @Override
  public void addWeightGradient(int from, int to, Frame frame) {
    gradient.addWeightGradient(
        from, to, frame.shared, gradient.sharedSize(width), frame.shared, width);
  }
}
