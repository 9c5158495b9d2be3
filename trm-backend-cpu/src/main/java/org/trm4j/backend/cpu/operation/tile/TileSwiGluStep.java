package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SwiGlu;

/**
 * Runs {@link SwiGlu} on blocks of rows: a panel of 16 columns of gate and 16 of up becomes 16
 * columns of the next left factor while it is in the cache.
 */
final class TileSwiGluStep implements Step {
  static final int MAX_ROWS = 128;
  private static final int PANELS = 2;

  private final Tiles tiles;
  private final TileKernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final RightWeight gateUp;
  private final RightWeight down;
  private final float epsilon;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;
  // Offsets in the scratch memory.
  private final long call;
  private final long x;
  private final long products;
  private final long act;
  private final long sum;
  private final long bytes;

  TileSwiGluStep(SwiGlu operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    kernels = steps.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    gateUp = RightWeight.gateUp(context, operation.gateUp());
    down = RightWeight.byOutput(context, operation.down());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
    int rows = Tiling.padded(Math.min(length, MAX_ROWS));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    x = offsets.take(Tiling.left(rows, width));
    products = offsets.take((long) PANELS * rows * Tiling.RESULT);
    act = offsets.take(Tiling.left(rows, inner));
    sum = offsets.take(rows * sumStride());
    bytes = offsets.size();
  }

  private long sumStride() {
    return (long) down.panels * Tiling.RESULT + Tiling.ROW;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(length);
    int rows = worker.to(length) - from;
    int blocks = Math.ceilDiv(rows, MAX_ROWS);
    for (int block = 0; block < blocks; block++) {
      int first = from + rows * block / blocks;
      block(frame, worker, first, from + rows * (block + 1) / blocks - first);
    }
  }

  private void block(Frame frame, Worker worker, int first, int rows) {
    MemorySegment s = worker.bytes(bytes);
    TileProduct product = new TileProduct(tiles, s, call);
    Tiling tiling = Tiling.of(rows);
    float[] in = input.array(frame);
    int in0 = input.offset() + first * width;
    long xStride = Tiling.leftStride(width);
    long actStride = Tiling.leftStride(inner);
    kernels.rows(in, in0, width, rows, width, s, x, xStride);
    long apart = (long) tiling.rows() * Tiling.RESULT;
    for (int p = 0; p < gateUp.panels; p += PANELS) {
      product.multiply(
          s,
          x,
          xStride,
          tiling,
          gateUp.data,
          gateUp.panel(p),
          gateUp.panel(1),
          gateUp.depth,
          PANELS,
          s,
          products,
          Tiling.RESULT,
          apart);
      for (int q = 0; q < PANELS; q++) {
        long at = products + q * apart;
        kernels.swiGluRows(s, at, rows, s, act + (p + q) * 32L, actStride);
        if (kept >= 0) {
          int to = kept + ((p + q) * length + first) * Tiling.PANEL;
          MemorySegment.copy(s, ValueLayout.JAVA_FLOAT, at, frame.kept, to, rows * Tiling.PANEL);
        }
      }
    }
    product.multiply(
        s, act, actStride, tiling, down.data, 0, down.depth, down.panels, s, sum, sumStride());
    float[] out = output.array(frame);
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      float r =
          kernels.residualNorm(
              s,
              sum + i * sumStride(),
              in,
              input.offset() + row,
              width,
              epsilon,
              out,
              output.offset() + row);
      if (inverseRms != null) {
        inverseRms.array(frame)[inverseRms.offset() + first + i] = r;
      }
    }
  }
}
