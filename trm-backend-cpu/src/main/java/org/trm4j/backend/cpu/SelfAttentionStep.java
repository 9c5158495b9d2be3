package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.plan.SelfAttention;

/** {@link SelfAttention}: projection by rows, then heads, then output by rows. */
final class SelfAttentionStep implements Step {
  private static final int TILE = 24;
  private static final float[] NOT_USED = {};

  private final Slice input;
  private final Slice output;
  private final @Nullable Slice scale;
  private final @Nullable Slice attended;
  private final @Nullable Slice logSumExp;
  private final Packed qkv;
  private final Packed out;
  private final @Nullable RotaryEmbedding rotary;
  private final Kernels kernels;
  private final float epsilon;
  private final int heads;
  private final int length;
  private final int width;

  SelfAttentionStep(
      SelfAttention operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    SelfAttention.Saved saved = operation.saved();
    this.scale = saved == null ? null : locator.find(saved.inverseRms());
    this.attended = saved == null ? null : locator.find(saved.attended());
    this.logSumExp = saved == null ? null : locator.find(saved.logSumExp());
    this.qkv = weights.forward(operation.qkv());
    this.out = weights.forward(operation.out());
    this.heads = operation.heads();
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
    this.rotary = RotaryEmbedding.of(length, heads, width / heads, operation.rotaryBase());
    this.kernels = kernels;
    this.epsilon = operation.epsilon();
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
    return length * 4 * width;
  }

  @Override
  public int tileSize() {
    return Math.max(AttentionHead.scratchSize(length, width / heads), TILE * width);
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    switch (phase) {
      case 0 -> project(from, to, frame);
      case 1 -> {
        for (int head = from; head < to; head++) {
          kernels.attend(head(head, frame, tile), 0, length);
        }
      }
      default -> finish(from, to, frame, tile);
    }
  }

  private void project(int from, int to, Frame frame) {
    float[] shared = frame.shared;
    kernels.multiply(
        input.of(frame),
        input.offset() + from * width,
        width,
        qkv,
        shared,
        from * 3 * width,
        3 * width,
        to - from);
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
        attended == null ? frame.shared : attended.of(frame),
        attended == null ? length * 3 * width : attended.offset(),
        logSumExp == null ? null : logSumExp.of(frame),
        logSumExp == null ? 0 : logSumExp.offset(),
        NOT_USED,
        0,
        NOT_USED,
        0,
        tile,
        0,
        head,
        length,
        width,
        width / heads);
  }

  private void finish(int from, int to, Frame frame, float[] tile) {
    float[] source = attended == null ? frame.shared : attended.of(frame);
    int first = attended == null ? length * 3 * width : attended.offset();
    for (int row = from; row < to; row += TILE) {
      int count = Math.min(TILE, to - row);
      int at = row * width;
      kernels.multiply(source, first + at, width, out, tile, 0, width, count);
      kernels.addRmsNorm(
          input.of(frame),
          input.offset() + at,
          tile,
          0,
          output.of(frame),
          output.offset() + at,
          scale == null ? null : scale.of(frame),
          scale == null ? 0 : scale.offset() + row,
          width,
          count,
          epsilon);
    }
  }
}
