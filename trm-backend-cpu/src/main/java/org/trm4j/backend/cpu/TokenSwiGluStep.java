package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.TokenSwiGlu;

/** {@link TokenSwiGlu}: channels are transposed a block at a time. */
final class TokenSwiGluStep implements Step {
  private static final int CHANNELS = 24;

  private final SwiGluRows rows;
  private final Slice input;
  private final Slice output;
  private final @Nullable Slice scale;
  private final int length;
  private final int width;

  TokenSwiGluStep(TokenSwiGlu operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.rows =
        new SwiGluRows(operation.gateUp(), operation.down(), operation.epsilon(), weights, kernels);
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    Buffer rms = operation.inverseRms();
    this.scale = rms == null ? null : locator.find(rms);
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
  public int tileSize() {
    return rows.tileSize() + 2 * CHANNELS * length;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    int in = rows.tileSize();
    int out = in + CHANNELS * length;
    for (int channel = from; channel < to; channel += CHANNELS) {
      int end = Math.min(channel + CHANNELS, to);
      Transpose.columns(input.of(frame), input.offset(), width, length, channel, end, tile, in);
      rows.forward(
          tile,
          in,
          tile,
          out,
          scale == null ? null : scale.of(frame),
          scale == null ? 0 : scale.offset() + channel,
          end - channel,
          tile);
      Transpose.rows(tile, out, width, length, channel, end, output.of(frame), output.offset());
    }
  }
}
