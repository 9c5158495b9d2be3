package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Kernels;
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
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * Runs {@link SelfAttention}: heads in parallel, a block of queries at a time against all keys,
 * with the softmax in floats. The numerators are rounded for the product with the values; their sum
 * is not. The output projection by rows follows.
 */
final class TileAttentionStep implements Step {
  private static final int QUERIES = 32;

  private final Tiles tiles;
  private final TileKernels tile;
  private final Kernels kernels;
  private final TileHeads projection;
  private final TileOutputProjection out;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final @Nullable BufferLocation logSumExp;
  private final boolean saved;
  private final int heads;
  private final int length;
  private final int width;
  private final int size;
  private final float scale;
  // Offsets in the scratch memory.
  private final long call;
  private final long x;
  private final long results;
  private final long queries;
  private final long keyRows;
  private final long keys;
  private final long values;
  private final long scores;
  private final long scoreStride;
  private final long weights;
  private final long weightStride;
  private final long sums;
  private final long bytes;

  TileAttentionStep(SelfAttention operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    tile = steps.kernels();
    kernels = context.kernels();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    heads = operation.heads();
    projection = new TileHeads(context, operation.qkv(), length, heads, operation.rotaryBase());
    size = projection.size;
    input = context.locate(operation.input());
    SelfAttention.Saved keep = operation.saved();
    saved = keep != null;
    attended =
        keep == null ? new BufferLocation(-1, context.shared()) : context.locate(keep.attended());
    logSumExp = keep == null ? null : context.locate(keep.logSumExp());
    out = new TileOutputProjection(operation, context, steps, attended);
    scale = (float) (1 / Math.sqrt(size));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    x = offsets.take(projection.inputBytes);
    results = offsets.take(projection.resultBytes);
    queries = offsets.take(projection.rowBytes);
    keyRows = offsets.take(projection.rowBytes);
    keys = offsets.take(projection.byChannel);
    values = offsets.take(projection.byPosition);
    scoreStride = (long) Tiling.panels(length) * Tiling.RESULT + Tiling.ROW;
    scores = offsets.take(QUERIES * scoreStride);
    weightStride = Tiling.leftStride(length);
    weights = offsets.take(QUERIES * weightStride);
    sums = offsets.take(QUERIES * projection.resultStride);
    bytes = offsets.size();
  }

  @Override
  public int shared() {
    return saved ? 0 : length * width;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(heads);
    int to = worker.to(heads);
    if (from < to) {
      MemorySegment m = worker.bytes(bytes);
      projection.input(tile, input.array(frame), input.offset(), m, x);
      for (int head = from; head < to; head++) {
        head(frame, worker, m, head);
      }
    }
    worker.await();
    out.run(frame, worker);
  }

  private void head(Frame frame, Worker worker, MemorySegment m, int head) {
    TileProduct product = new TileProduct(tiles, m, call);
    float[] s = worker.scratch(length * size + length);
    projection.project(product, TileHeads.KEYS, head, m, x, results, s, 0);
    projection.rows(tile, s, 0, size, m, keyRows);
    projection.byChannel(m, keyRows, keys);
    projection.project(product, TileHeads.VALUES, head, m, x, results, s, 0);
    projection.byPosition(tile, s, 0, size, m, values);
    projection.project(product, TileHeads.QUERIES, head, m, x, results, s, 0);
    projection.rows(tile, s, 0, size, m, queries);
    for (int query = 0; query < length; query += QUERIES) {
      block(frame, product, m, head, query, Math.min(QUERIES, length - query), s);
    }
  }

  private void block(
      Frame frame, TileProduct product, MemorySegment m, int head, int query, int rows, float[] s) {
    Tiling tiling = Tiling.of(rows);
    product.multiply(
        m,
        queries + query * projection.rowStride,
        projection.rowStride,
        tiling,
        m,
        keys,
        projection.depthOfChannels(),
        Tiling.panels(length),
        m,
        scores,
        scoreStride);
    int row = length * size;
    float[] totals = new float[rows];
    for (int i = 0; i < rows; i++) {
      TileCopy.results(m, scores + i * scoreStride, scoreStride, 1, length, s, row, length);
      float max = kernels.max(s, row, length) * scale;
      totals[i] = kernels.expSum(s, row, length, scale, max);
      if (logSumExp != null) {
        logSumExp.array(frame)[logSumExp.offset() + head * length + query + i] =
            (float) (max + Math.log(totals[i]));
      }
      tile.rows(s, row, length, 1, length, m, weights + i * weightStride, weightStride);
    }
    product.multiply(
        m,
        weights,
        weightStride,
        tiling,
        m,
        values,
        projection.depthOfPositions(),
        Tiling.panels(size),
        m,
        sums,
        projection.resultStride);
    float[] target = attended.array(frame);
    int to = attended.offset() + query * width + head * size;
    TileCopy.results(m, sums, projection.resultStride, rows, size, target, to, width);
    for (int i = 0; i < rows; i++) {
      int at = to + i * width;
      kernels.scale(target, at, size, 1 / totals[i], target, at);
    }
  }
}
