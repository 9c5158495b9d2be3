package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileCopy;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * Runs {@link SelfAttention.Backward}: output projection by rows, heads in parallel, input
 * projections by rows.
 */
final class TileAttentionBackwardStep implements Step.WithWeights {
  private static final int MAX_ROWS = 128;

  private final Tiles tiles;
  private final TileKernels tile;
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final TileHeads projection;
  private final TileHeadBackward head;
  private final RightWeight outByInput;
  private final RightWeight qkvByInput;
  private final TileWeightGradient qkvGradient;
  private final TileWeightGradient outGradient;
  private final int shared;
  private final int heads;
  private final int length;
  private final int width;
  private final long need;
  // Offsets in the scratch memory.
  private final long call;
  private final long left;
  private final long results;
  private final long resultStride;
  private final long turned;
  private final long bytes;

  TileAttentionBackwardStep(
      SelfAttention.Backward operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    tile = steps.kernels();
    kernels = context.kernels();
    input = context.locate(operation.input());
    attended = context.locate(operation.saved().attended());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.saved().inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    outByInput = RightWeight.byInput(context, operation.out());
    qkvByInput = RightWeight.byInput(context, operation.qkv());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    heads = operation.heads();
    shared = context.shared();
    int places = Math.ceilDiv(length, 2) * 2;
    Offsets factors = new Offsets();
    qkvGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.qkv()),
            3 * width,
            width,
            places,
            context.wave(),
            factors);
    outGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.out()),
            width,
            width,
            places,
            context.wave(),
            factors);
    need = factors.size();
    projection = new TileHeads(context, operation.qkv(), length, heads, operation.rotaryBase());
    head =
        new TileHeadBackward(
            operation, context, steps, projection, qkvGradient, shared + length * width);
    int rows = Tiling.padded(Math.min(length, MAX_ROWS));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    left = offsets.take(Tiling.left(rows, 3 * width));
    resultStride = (long) qkvByInput.panels * Tiling.RESULT + Tiling.ROW;
    results = offsets.take(rows * resultStride);
    turned = offsets.take(Tiling.right(rows, width));
    bytes = offsets.size();
  }

  /** The gradient of u, that of attended, and that of q, k and v, each by rows. */
  @Override
  public int shared() {
    return 5 * length * width;
  }

  @Override
  public Wave.Need need() {
    return new Wave.Need(0, 0, 0, 0, need);
  }

  /** Workers share rows in pairs, because the factors of the weight gradients hold pairs. */
  @Override
  public void run(Frame frame, Worker worker) {
    int pairs = Math.ceilDiv(length, 2);
    int from = 2 * worker.from(pairs);
    int to = Math.min(2 * worker.to(pairs), length);
    for (int row = from; row < to; row += MAX_ROWS) {
      before(frame, worker, row, Math.min(MAX_ROWS, to - row));
    }
    worker.await();
    int first = worker.from(heads);
    int last = worker.to(heads);
    if (first < last) {
      MemorySegment m = worker.bytes(head.bytes);
      projection.input(tile, input.array(frame), input.offset(), m, head.inputRows);
      for (int h = first; h < last; h++) {
        head.run(frame, worker, m, h);
      }
    }
    worker.await();
    for (int row = from; row < to; row += MAX_ROWS) {
      after(frame, worker, row, Math.min(MAX_ROWS, to - row));
    }
  }

  private void before(Frame frame, Worker worker, int first, int rows) {
    float[] arena = frame.arena;
    int du = shared + first * width;
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      RmsNorm.rowBackward(
          kernels,
          output.array(frame),
          output.offset() + row,
          outputGradient.array(frame),
          outputGradient.offset() + row,
          inverseRms.array(frame)[inverseRms.offset() + first + i],
          width,
          arena,
          du + i * width);
    }
    MemorySegment m = worker.bytes(bytes);
    product(m, outByInput, arena, du, width, rows);
    TileCopy.results(m, results, resultStride, rows, width, arena, du + length * width, width);
    int depth = Tiling.depth(rows);
    int filled = Math.ceilDiv(rows, 2) * 2;
    tile.pairs(arena, du, width, rows, filled, width, m, turned, depth, 0);
    MemorySegment wave = frame.wave().bytes;
    TileCopy.pairsToRows(
        m,
        turned,
        depth,
        filled / 2,
        width,
        wave,
        outGradient.left(0, frame.place, first),
        outGradient.stride());
    right(attended, frame, first, rows, outGradient);
    right(input, frame, first, rows, qkvGradient);
  }

  private void right(
      BufferLocation of, Frame frame, int first, int rows, TileWeightGradient gradient) {
    tile.pairs(
        of.array(frame),
        of.offset() + first * width,
        width,
        rows,
        Math.ceilDiv(rows, 2) * 2,
        width,
        frame.wave().bytes,
        gradient.right(),
        gradient.depth(),
        gradient.row(frame.place, first));
  }

  private void after(Frame frame, Worker worker, int first, int rows) {
    float[] target = inputGradient.array(frame);
    int to = inputGradient.offset() + first * width;
    System.arraycopy(frame.arena, shared + first * width, target, to, rows * width);
    int dqkv = shared + 2 * length * width + first * 3 * width;
    MemorySegment m = worker.bytes(bytes);
    product(m, qkvByInput, frame.arena, dqkv, 3 * width, rows);
    TileCopy.addResults(m, results, resultStride, rows, width, target, to, width);
  }

  /** {@code results = a w} with rows of a of length {@code k}. */
  private void product(MemorySegment m, RightWeight w, float[] a, int a0, int k, int rows) {
    long stride = Tiling.leftStride(k);
    tile.rows(a, a0, k, rows, k, m, left, stride);
    new TileProduct(tiles, m, call)
        .multiply(
            m,
            left,
            stride,
            Tiling.of(rows),
            w.data,
            0,
            w.depth,
            w.panels,
            m,
            results,
            resultStride);
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    qkvGradient.add(wave, worker);
    outGradient.add(wave, worker);
  }
}
