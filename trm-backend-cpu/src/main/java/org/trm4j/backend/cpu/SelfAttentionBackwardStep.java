package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.plan.SelfAttentionBackward;

/**
 * {@link SelfAttentionBackward}. Shared memory: qkv, its gradient, du, and the gradient of the
 * attended values.
 */
final class SelfAttentionBackwardStep implements Step {
  private final Slice input;
  private final Slice output;
  private final Slice scale;
  private final Slice attended;
  private final Slice logSumExp;
  private final Slice outputGradient;
  private final Slice inputGradient;
  private final Packed qkv;
  private final Packed qkvTransposed;
  private final Packed outTransposed;
  private final float[] qkvWeightGradient;
  private final float[] outWeightGradient;
  private final @Nullable RotaryEmbedding rotary;
  private final Kernels kernels;
  private final int heads;
  private final int length;
  private final int width;

  SelfAttentionBackwardStep(
      SelfAttentionBackward operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    this.scale = locator.find(operation.saved().inverseRms());
    this.attended = locator.find(operation.saved().attended());
    this.logSumExp = locator.find(operation.saved().logSumExp());
    this.outputGradient = locator.find(operation.outputGradient());
    this.inputGradient = locator.find(operation.inputGradient());
    this.qkv = weights.forward(operation.qkv());
    this.qkvTransposed = weights.backward(operation.qkv());
    this.outTransposed = weights.backward(operation.out());
    this.qkvWeightGradient = weights.gradient(operation.qkv());
    this.outWeightGradient = weights.gradient(operation.out());
    this.heads = operation.heads();
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
    this.rotary = RotaryEmbedding.of(length, heads, width / heads, operation.rotaryBase());
    this.kernels = kernels;
  }

  @Override
  public int phases() {
    return 3;
  }

  @Override
  public int units(int phase) {
    return phase == 1 ? heads : length;
  }

  @Override
  public int sharedSize() {
    return length * 8 * width;
  }

  @Override
  public int tileSize() {
    return AttentionHead.scratchSize(length, width / heads);
  }

  private int qkvGradient() {
    return length * 3 * width;
  }

  private int residual() {
    return length * 6 * width;
  }

  private int attendedGradient() {
    return length * 7 * width;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    switch (phase) {
      case 0 -> before(from, to, frame);
      case 1 -> {
        for (int head = from; head < to; head++) {
          kernels.attendBackward(head(head, frame, tile));
        }
      }
      default -> after(from, to, frame);
    }
  }

  private void before(int from, int to, Frame frame) {
    float[] shared = frame.shared;
    int at = from * width;
    int count = to - from;
    kernels.rmsNormBackward(
        output.of(frame),
        output.offset() + at,
        scale.of(frame),
        scale.offset() + from,
        outputGradient.of(frame),
        outputGradient.offset() + at,
        shared,
        residual() + at,
        width,
        count);
    kernels.multiply(
        shared,
        residual() + at,
        width,
        outTransposed,
        shared,
        attendedGradient() + at,
        width,
        count);
    kernels.multiply(
        input.of(frame), input.offset() + at, width, qkv, shared, 3 * at, 3 * width, count);
    if (rotary != null) {
      for (int row = from; row < to; row++) {
        rotary.rotate(shared, row * 3 * width, row, 1);
      }
    }
  }

  private AttentionHead head(int head, Frame frame, float[] tile) {
    return new AttentionHead(
        frame.shared,
        0,
        attended.of(frame),
        attended.offset(),
        logSumExp.of(frame),
        logSumExp.offset(),
        frame.shared,
        attendedGradient(),
        frame.shared,
        qkvGradient(),
        tile,
        0,
        head,
        length,
        width,
        width / heads);
  }

  private void after(int from, int to, Frame frame) {
    float[] shared = frame.shared;
    int at = from * width;
    if (rotary != null) {
      for (int row = from; row < to; row++) {
        rotary.rotate(shared, qkvGradient() + row * 3 * width, row, -1);
      }
    }
    float[] dIn = inputGradient.of(frame);
    kernels.multiply(
        shared,
        qkvGradient() + 3 * at,
        3 * width,
        qkvTransposed,
        dIn,
        inputGradient.offset() + at,
        width,
        to - from);
    kernels.add(shared, residual() + at, dIn, inputGradient.offset() + at, (to - from) * width);
  }

  @Override
  public int weightUnits() {
    return 4 * width;
  }

  @Override
  public void addWeightGradient(int from, int to, Frame frame) {
    int split = 3 * width;
    if (from < split) {
      kernels.outerAdd(
          frame.shared,
          qkvGradient(),
          split,
          input.of(frame),
          input.offset(),
          width,
          length,
          qkvWeightGradient,
          width,
          from,
          Math.min(to, split));
    }
    if (to > split) {
      kernels.outerAdd(
          frame.shared,
          residual(),
          width,
          attended.of(frame),
          attended.offset(),
          width,
          length,
          outWeightGradient,
          width,
          Math.max(from, split) - split,
          to - split);
    }
  }
}
