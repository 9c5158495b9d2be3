package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/** The second half of attention, by rows: {@code rmsNorm(h + W_o attended)}. */
final class TileOutputProjection {
  private final Tiles tiles;
  private final TileKernels kernels;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final RightWeight weights;
  private final float epsilon;
  private final int length;
  private final int width;
  // Offsets in the scratch memory.
  private final long call;
  private final long left;
  private final long sum;
  private final long sumStride;
  private final long bytes;

  TileOutputProjection(
      SelfAttention operation, StepContext context, TileSteps steps, BufferLocation attended) {
    this.tiles = steps.tiles();
    this.kernels = steps.kernels();
    this.input = context.locate(operation.input());
    this.attended = attended;
    this.output = context.locate(operation.output());
    SelfAttention.Saved saved = operation.saved();
    this.inverseRms = saved == null ? null : context.locate(saved.inverseRms());
    this.weights = RightWeight.byOutput(context, operation.out());
    this.epsilon = operation.epsilon();
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
    int rows = Tiling.padded(Math.min(length, TileSwiGluStep.MAX_ROWS));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    left = offsets.take(Tiling.left(rows, width));
    sumStride = (long) weights.panels * Tiling.RESULT + Tiling.ROW;
    sum = offsets.take(rows * sumStride);
    bytes = offsets.size();
  }

  void run(Frame frame, Worker worker) {
    int to = worker.to(length);
    for (int first = worker.from(length); first < to; first += TileSwiGluStep.MAX_ROWS) {
      block(frame, worker, first, Math.min(TileSwiGluStep.MAX_ROWS, to - first));
    }
  }

  private void block(Frame frame, Worker worker, int first, int rows) {
    MemorySegment m = worker.bytes(bytes);
    int from = attended.offset() + first * width;
    long stride = Tiling.leftStride(width);
    kernels.rows(attended.array(frame), from, width, rows, width, m, left, stride);
    new TileProduct(tiles, m, call)
        .multiply(
            m,
            left,
            stride,
            Tiling.of(rows),
            weights.data,
            0,
            weights.depth,
            weights.panels,
            m,
            sum,
            sumStride);
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      float r =
          kernels.residualNorm(
              m,
              sum + i * sumStride,
              input.array(frame),
              input.offset() + row,
              width,
              epsilon,
              output.array(frame),
              output.offset() + row);
      if (inverseRms != null) {
        inverseRms.array(frame)[inverseRms.offset() + first + i] = r;
      }
    }
  }
}
