package org.trm4j.backend.cpu;

import org.trm4j.plan.OutputHeads;

/** {@link OutputHeads}. */
final class OutputHeadsStep implements Step {
  private final Slice input;
  private final Slice logits;
  private final Slice q;
  private final Packed head;
  private final float[] qWeight;
  private final float[] qBias;
  private final Kernels kernels;
  private final int tokens;
  private final int first;
  private final int width;

  OutputHeadsStep(OutputHeads operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.input = locator.find(operation.input());
    this.logits = locator.find(operation.logits());
    this.q = locator.find(operation.q());
    this.head = weights.forward(operation.lmHead());
    this.qWeight = weights.raw(operation.qWeight());
    this.qBias = weights.raw(operation.qBias());
    this.kernels = kernels;
    this.tokens = operation.logits().shape().dim(0);
    this.width = operation.input().shape().dim(1);
    this.first = operation.input().shape().dim(0) - tokens;
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
    float[] y = input.of(frame);
    if (tokens > 0) {
      kernels.multiply(
          y,
          input.offset() + first * width,
          width,
          head,
          logits.of(frame),
          logits.offset(),
          head.out(),
          tokens);
    }
    for (int k = 0; k < 2; k++) {
      double sum = qBias[k];
      for (int i = 0; i < width; i++) {
        sum += (double) qWeight[k * width + i] * y[input.offset() + i];
      }
      q.of(frame)[q.offset() + k] = (float) sum;
    }
  }
}
