package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.SwiGlu;

/** {@link SwiGlu}. */
final class SwiGluStep implements Step {
  private final SwiGluRows rows;
  private final Slice input;
  private final Slice output;
  private final @Nullable Slice scale;
  private final int length;

  SwiGluStep(SwiGlu operation, Slice.Locator locator, Weights weights, Kernels kernels) {
    this.rows =
        new SwiGluRows(operation.gateUp(), operation.down(), operation.epsilon(), weights, kernels);
    this.input = locator.find(operation.input());
    this.output = locator.find(operation.output());
    Buffer rms = operation.inverseRms();
    this.scale = rms == null ? null : locator.find(rms);
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
  public int tileSize() {
    return rows.tileSize();
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    int at = from * rows.width;
    rows.forward(
        input.of(frame),
        input.offset() + at,
        output.of(frame),
        output.offset() + at,
        scale == null ? null : scale.of(frame),
        scale == null ? 0 : scale.offset() + from,
        to - from,
        tile);
  }
}
