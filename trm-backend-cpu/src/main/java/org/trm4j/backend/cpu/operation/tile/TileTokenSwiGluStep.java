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
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Runs {@link TokenSwiGlu} without a transpose: 32 channels are the right factor and the weights
 * are the left one. 16 rows of gate and of up become 16 rows of the next right factor while they
 * are in the cache.
 */
final class TileTokenSwiGluStep implements Step {
  /** The number of tiles of gate, and of up, in one call. */
  private static final int GROUP = 4;

  private final Tiles tiles;
  private final TileKernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final LeftWeight gateUp;
  private final LeftWeight down;
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

  TileTokenSwiGluStep(TokenSwiGlu operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    kernels = steps.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    gateUp = LeftWeight.of(context, operation.gateUp());
    down = LeftWeight.of(context, operation.down());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    x = offsets.take(Tiling.right(length, Tiling.PANEL));
    products = offsets.take(2L * GROUP * Tiling.HEIGHT * Tiling.RESULT);
    act = offsets.take(Tiling.right(inner, Tiling.PANEL));
    sum = offsets.take((long) Tiling.padded(length) * Tiling.RESULT);
    bytes = offsets.size();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int panels = Tiling.panels(width);
    float[] factors = worker.scratch(Tiling.PANEL);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, worker.bytes(bytes), factors, p * Tiling.PANEL);
    }
  }

  private void panel(Frame frame, MemorySegment s, float[] factors, int first) {
    TileProduct product = new TileProduct(tiles, s, call);
    int columns = Math.min(Tiling.PANEL, width - first);
    float[] in = input.array(frame);
    int in0 = input.offset() + first;
    int filled = gateUp.depth * Tiling.DEPTH;
    kernels.pairs(in, in0, width, length, filled, columns, s, x, gateUp.depth, 0);
    long pair = 2L * Tiling.HEIGHT * Tiling.RESULT;
    for (int g = 0; g < inner; g += GROUP * Tiling.HEIGHT) {
      product.gateUp(
          gateUp.data,
          g * gateUp.stride,
          gateUp.stride,
          inner * gateUp.stride,
          GROUP,
          s,
          x,
          gateUp.depth,
          s,
          products);
      for (int tile = 0; tile < GROUP; tile++) {
        int row = g + tile * Tiling.HEIGHT;
        kernels.swiGluPairs(
            s, products + tile * pair, s, act + Tiling.pair(down.depth, row / 2, 0));
        if (kept >= 0) {
          keep(s, products + tile * pair, frame, row, first, columns);
          keep(s, products + tile * pair + pair / 2, frame, inner + row, first, columns);
        }
      }
    }
    product.multiply(
        down.data, 0, down.stride, Tiling.of(length), s, act, down.depth, 1, s, sum, Tiling.RESULT);
    kernels.residualNormColumns(
        s,
        sum,
        length,
        columns,
        in,
        in0,
        width,
        epsilon,
        output.array(frame),
        output.offset() + first,
        factors);
    if (inverseRms != null) {
      System.arraycopy(factors, 0, inverseRms.array(frame), inverseRms.offset() + first, columns);
    }
  }

  /** Keeps 16 rows of gate or up, in [2 inner][D]. */
  private void keep(MemorySegment s, long from, Frame frame, int row, int first, int columns) {
    for (int i = 0; i < Tiling.HEIGHT; i++) {
      MemorySegment.copy(
          s,
          ValueLayout.JAVA_FLOAT,
          from + (long) i * Tiling.RESULT,
          frame.kept,
          kept + (row + i) * width + first,
          columns);
    }
  }
}
