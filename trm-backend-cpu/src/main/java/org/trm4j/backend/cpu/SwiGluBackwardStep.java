package org.trm4j.backend.cpu;

import org.trm4j.plan.SwiGluBackward;

/** {@link SwiGluBackward}. */
final class SwiGluBackwardStep implements Step {
  private static final int TILE = 24;

  private final SwiGluGradient gradient;
  private final Slice input;
  private final Slice output;
  private final Slice scale;
  private final Slice outputGradient;
  private final Slice inputGradient;
  private final int length;

  SwiGluBackwardStep(
      SwiGluBackward operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.gradient = new SwiGluGradient(operation.gateUp(), operation.down(), weights, kernels);
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    this.scale = locator.find(operation.inverseRms());
    this.outputGradient = locator.find(operation.outputGradient());
    this.inputGradient = locator.find(operation.inputGradient());
    this.length = operation.input().shape().dim(0);
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int units(int phase) {
    return length;
  }

  @Override
  public int sharedSize() {
    return gradient.sharedSize(length);
  }

  @Override
  public int tileSize() {
    return gradient.tileSize(TILE);
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    for (int row = from; row < to; row += TILE) {
      int at = row * gradient.width;
      gradient.rows(
          input.of(frame),
          input.offset() + at,
          output.of(frame),
          output.offset() + at,
          scale.of(frame),
          scale.offset() + row,
          outputGradient.of(frame),
          outputGradient.offset() + at,
          inputGradient.of(frame),
          inputGradient.offset() + at,
          frame.shared,
          length,
          row,
          Math.min(TILE, to - row),
          tile,
          0);
    }
  }

  @Override
  public int weightUnits() {
    return gradient.weightUnits();
  }

  @Override
  public void addWeightGradient(int from, int to, Frame frame) {
    gradient.addWeightGradient(from, to, input.of(frame), input.offset(), frame.shared, length);
  }
}
