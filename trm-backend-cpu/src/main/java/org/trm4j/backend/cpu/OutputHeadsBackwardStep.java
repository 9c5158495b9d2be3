package org.trm4j.backend.cpu;

import java.util.Arrays;
import org.trm4j.plan.OutputHeadsBackward;

/** {@link OutputHeadsBackward}. */
final class OutputHeadsBackwardStep implements Step {
  private final Slice input;
  private final Slice logitsGradient;
  private final Slice qGradient;
  private final Slice inputGradient;
  private final Packed headTransposed;
  private final float[] headGradient;
  private final float[] qWeight;
  private final float[] qWeightGradient;
  private final float[] qBiasGradient;
  private final Kernels kernels;
  private final int tokens;
  private final int vocab;
  private final int length;
  private final int width;

  OutputHeadsBackwardStep(
      OutputHeadsBackward operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.input = locator.find(operation.input());
    this.logitsGradient = locator.find(operation.logitsGradient());
    this.qGradient = locator.find(operation.qGradient());
    this.inputGradient = locator.find(operation.inputGradient());
    this.headTransposed = weights.backward(operation.lmHead());
    this.headGradient = weights.gradient(operation.lmHead());
    this.qWeight = weights.raw(operation.qWeight());
    this.qWeightGradient = weights.gradient(operation.qWeight());
    this.qBiasGradient = weights.gradient(operation.qBias());
    this.kernels = kernels;
    this.tokens = operation.logitsGradient().shape().dim(0);
    this.vocab = operation.logitsGradient().shape().dim(1);
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
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
    float[] dIn = inputGradient.of(frame);
    int at = inputGradient.offset();
    int head = at + (length - tokens) * width;
    Arrays.fill(dIn, at, head, 0);
    kernels.multiply(
        logitsGradient.of(frame),
        logitsGradient.offset(),
        vocab,
        headTransposed,
        dIn,
        head,
        width,
        tokens);
    float[] dq = qGradient.of(frame);
    for (int k = 0; k < 2; k++) {
      float d = dq[qGradient.offset() + k];
      for (int i = 0; i < width; i++) {
        dIn[at + i] += d * qWeight[k * width + i];
      }
    }
  }

  @Override
  public int weightUnits() {
    return vocab + 1;
  }

  @Override
  public void addWeightGradient(int from, int to, Frame frame) {
    float[] y = input.of(frame);
    int row = input.offset() + (length - tokens) * width;
    if (from < vocab) {
      kernels.outerAdd(
          logitsGradient.of(frame),
          logitsGradient.offset(),
          vocab,
          y,
          row,
          width,
          tokens,
          headGradient,
          width,
          from,
          Math.min(to, vocab));
    }
    if (to > vocab) {
      float[] dq = qGradient.of(frame);
      for (int k = 0; k < 2; k++) {
        float d = dq[qGradient.offset() + k];
        qBiasGradient[k] += d;
        for (int i = 0; i < width; i++) {
          qWeightGradient[k * width + i] += d * y[input.offset() + i];
        }
      }
    }
  }
}
