package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileCopy;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * The gradient of one attention head. Attention weights are recomputed, keys by queries, 32 keys at
 * a time. The gradients of keys and values are then complete, and those of queries are summed over
 * groups of keys. No L x L matrix is kept.
 */
final class TileHeadBackward {
  private static final int KEYS = 32;
  private static final int GROUP = 256;

  private final Tiles tiles;
  private final TileKernels tile;
  private final Kernels kernels;
  private final TileHeads projection;
  private final TileWeightGradient gradient;
  private final BufferLocation attended;
  private final BufferLocation logSumExp;
  private final int attendedGradient;
  private final int length;
  private final int width;
  private final int size;
  private final float scale;
  // Offsets in the off-heap scratch memory.
  private final long call;
  private final long x;
  private final long results;
  private final long rows;
  private final long keyRows;
  private final long valueRows;
  private final long queriesByChannel;
  private final long gradientsByChannel;
  private final long queriesByPosition;
  private final long gradientsByPosition;
  private final long keysByPosition;
  private final long scores;
  private final long scoreGradients;
  private final long scoreStride;
  private final long weights;
  private final long weightStride;
  private final long turned;
  private final long byQuery;
  private final long byQueryStride;

  /** Bytes of scratch memory. */
  final long bytes;

  /** The offset at which the rows of the layer's input are expected. */
  final long inputRows;

  TileHeadBackward(
      SelfAttention.Backward operation,
      StepContext context,
      TileSteps steps,
      TileHeads projection,
      TileWeightGradient gradient,
      int attendedGradient) {
    tiles = steps.tiles();
    tile = steps.kernels();
    kernels = context.kernels();
    this.projection = projection;
    this.gradient = gradient;
    attended = context.locate(operation.saved().attended());
    logSumExp = context.locate(operation.saved().logSumExp());
    this.attendedGradient = attendedGradient;
    length = projection.length;
    width = projection.width;
    size = projection.size;
    scale = (float) (1 / Math.sqrt(size));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    x = offsets.take(projection.inputBytes);
    inputRows = x;
    results = offsets.take(projection.resultBytes);
    rows = offsets.take(projection.rowBytes);
    keyRows = offsets.take(projection.rowBytes);
    valueRows = offsets.take(projection.rowBytes);
    queriesByChannel = offsets.take(projection.byChannel);
    gradientsByChannel = offsets.take(projection.byChannel);
    queriesByPosition = offsets.take(projection.byPosition);
    gradientsByPosition = offsets.take(projection.byPosition);
    keysByPosition = offsets.take(projection.byPosition);
    scoreStride = (long) Tiling.panels(length) * Tiling.RESULT + Tiling.ROW;
    scores = offsets.take(KEYS * scoreStride);
    scoreGradients = offsets.take(KEYS * scoreStride);
    weightStride = Tiling.leftStride(length);
    weights = offsets.take(KEYS * weightStride);
    turned = offsets.take(Math.max(projection.byPosition, Tiling.right(KEYS, length)));
    byQueryStride = Tiling.leftStride(GROUP);
    byQuery = offsets.take(Tiling.padded(length) * byQueryStride);
    bytes = offsets.size();
  }

  /**
   * Writes the gradients of q, k and v behind that of attended in the workspace, and transposed
   * into the wave.
   */
  void run(Frame frame, Worker worker, MemorySegment m, int head) {
    TileProduct product = new TileProduct(tiles, m, call);
    int matrix = length * size;
    float[] s = worker.scratch(3 * matrix + length + 2 * KEYS * length);
    int delta = 3 * matrix;
    prepare(frame, product, m, head, s, delta);
    Arrays.fill(s, 0, matrix, 0f);
    for (int group = 0; group < length; group += GROUP) {
      int end = Math.min(group + GROUP, length);
      for (int key = group; key < end; key += KEYS) {
        keys(frame, product, m, head, group, key, Math.min(KEYS, end - key), s, delta);
      }
      queries(product, m, group, end - group, s);
    }
    projection.rotateBack(s, 0);
    projection.rotateBack(s, matrix);
    int target = attendedGradient + length * width;
    for (int part = 0; part < 3; part++) {
      int column = part * width + head * size;
      for (int i = 0; i < length; i++) {
        int to = target + i * 3 * width + column;
        System.arraycopy(s, part * matrix + i * size, frame.arena, to, size);
      }
      projection.byPosition(tile, s, part * matrix, size, m, turned);
      TileCopy.pairsToRows(
          m,
          turned,
          projection.depthOfPositions(),
          Math.ceilDiv(length, 2),
          size,
          frame.wave().bytes,
          gradient.left(column, frame.place, 0),
          gradient.stride());
    }
  }

  private void prepare(
      Frame frame, TileProduct product, MemorySegment m, int head, float[] s, int delta) {
    projection.project(product, TileHeads.QUERIES, head, m, x, results, s, 0);
    projection.rows(tile, s, 0, size, m, rows);
    projection.byChannel(m, rows, queriesByChannel);
    projection.byPosition(tile, s, 0, size, m, queriesByPosition);
    projection.project(product, TileHeads.KEYS, head, m, x, results, s, 0);
    projection.rows(tile, s, 0, size, m, keyRows);
    projection.byPosition(tile, s, 0, size, m, keysByPosition);
    projection.project(product, TileHeads.VALUES, head, m, x, results, s, 0);
    projection.rows(tile, s, 0, size, m, valueRows);
    int from = attendedGradient + head * size;
    projection.rows(tile, frame.arena, from, width, m, rows);
    projection.byChannel(m, rows, gradientsByChannel);
    projection.byPosition(tile, frame.arena, from, width, m, gradientsByPosition);
    float[] out = attended.array(frame);
    for (int i = 0; i < length; i++) {
      int at = attended.offset() + i * width + head * size;
      s[delta + i] = kernels.dot(out, at, frame.arena, from + i * width, size);
    }
  }

  private void keys(
      Frame frame,
      TileProduct product,
      MemorySegment m,
      int head,
      int group,
      int key,
      int count,
      float[] s,
      int delta) {
    Tiling tiling = Tiling.of(count);
    int scoreRows = delta + length;
    int gradientRows = scoreRows + KEYS * length;
    byQueries(product, m, keyRows, key, tiling, queriesByChannel, scores);
    byQueries(product, m, valueRows, key, tiling, gradientsByChannel, scoreGradients);
    TileCopy.results(m, scores, scoreStride, count, length, s, scoreRows, length);
    TileCopy.results(m, scoreGradients, scoreStride, count, length, s, gradientRows, length);
    float[] lse = logSumExp.array(frame);
    int lse0 = logSumExp.offset() + head * length;
    for (int i = 0; i < count; i++) {
      int at = i * length;
      kernels.softmaxBackward(
          s, scoreRows + at, s, gradientRows + at, length, scale, lse, lse0, s, delta);
    }
    int matrix = length * size;
    overQueries(product, m, s, scoreRows, count, gradientsByPosition, 2 * matrix + key * size);
    overQueries(product, m, s, gradientRows, count, queriesByPosition, matrix + key * size);
    tile.pairs(s, gradientRows, length, count, KEYS, length, m, turned, 1, 0);
    TileCopy.pairsToRows(
        m, turned, 1, KEYS / 2, length, m, byQuery + 2L * (key - group), byQueryStride);
  }

  /** {@code results = rows of keys times all queries}. */
  private void byQueries(
      TileProduct product,
      MemorySegment m,
      long left,
      int key,
      Tiling tiling,
      long right,
      long to) {
    product.multiply(
        m,
        left + key * projection.rowStride,
        projection.rowStride,
        tiling,
        m,
        right,
        projection.depthOfChannels(),
        Tiling.panels(length),
        m,
        to,
        scoreStride);
  }

  /** Rounds rows over queries, multiplies them by rows of a head, and writes to s. */
  private void overQueries(
      TileProduct product, MemorySegment m, float[] s, int from, int count, long right, int to) {
    tile.rows(s, from, length, count, length, m, weights, weightStride);
    product.multiply(
        m,
        weights,
        weightStride,
        Tiling.of(count),
        m,
        right,
        projection.depthOfPositions(),
        Tiling.panels(size),
        m,
        results,
        projection.resultStride);
    TileCopy.results(m, results, projection.resultStride, count, size, s, to, size);
  }

  /** Adds the share of a group of keys to the gradients of all queries. */
  private void queries(TileProduct product, MemorySegment m, int group, int count, float[] s) {
    product.multiply(
        m,
        byQuery,
        byQueryStride,
        Tiling.of(length),
        m,
        keysByPosition + (long) group / Tiling.DEPTH * Tiling.STEP,
        (long) projection.depthOfPositions() * Tiling.STEP,
        Tiling.depth(count),
        Tiling.panels(size),
        m,
        results,
        projection.resultStride,
        Tiling.RESULT);
    TileCopy.addResults(m, results, projection.resultStride, length, size, s, 0, size);
  }
}
