package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * The gradient of one attention head. Attention weights are recomputed in tiles of keys by queries,
 * so no L x L matrix is kept.
 */
final class HeadBackward {
  private static final int KEYS = 48;
  private static final int QUERIES = 256;

  private final Kernels kernels;
  private final HeadProjection projection;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final BufferLocation logSumExp;
  private final int attendedGradient;
  private final int length;
  private final int width;
  private final int size;
  private final int padded;
  private final int panel;
  private final int block;
  private final float scale;
  // Scratch offsets of [L][padded] matrices, then of the tiles; right factors are off the heap.
  private final int k;
  private final int v;
  private final int queryColumns;
  private final int gradientColumns;
  private final int queryPanels;
  private final int gradientPanels;
  private final int keyPanels;
  private final int dq;
  private final int delta;
  private final int keyTile;
  private final int valueTile;
  private final int tiles;

  HeadBackward(SelfAttention.Backward operation, StepContext context, int attendedGradient) {
    kernels = context.kernels();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    projection =
        new HeadProjection(
            context, operation.qkv(), length, operation.heads(), operation.rotaryBase());
    input = context.locate(operation.input());
    attended = context.locate(operation.saved().attended());
    logSumExp = context.locate(operation.saved().logSumExp());
    this.attendedGradient = attendedGradient;
    size = projection.headSize;
    padded = projection.padded;
    panel = kernels.panel();
    block = Math.min(QUERIES, Blocks.roundUp(length, panel));
    scale = (float) (1 / Math.sqrt(size));
    int matrix = Blocks.roundUp(length, panel) * padded;
    queryColumns = 0;
    gradientColumns = matrix;
    queryPanels = 2 * matrix;
    gradientPanels = 3 * matrix;
    keyPanels = 4 * matrix;
    k = projection.inputFloats();
    v = k + matrix;
    dq = v + matrix;
    delta = dq + 3 * matrix;
    keyTile = delta + length;
    valueTile = keyTile + kernels.leftFloats(KEYS, size);
    tiles = valueTile + kernels.leftFloats(KEYS, size);
  }

  /** Returns scratch memory for {@link #run}. */
  float[] scratch(Worker worker) {
    return worker.scratch(tiles + 3 * KEYS * block);
  }

  /** Returns the sublayer's input as a left factor, in scratch memory. */
  Left input(Frame frame, float[] scratch) {
    return projection.input(input.array(frame), input.offset(), scratch, 0);
  }

  /**
   * Writes the gradients of q, k and v behind that of attended in the workspace, and into the wave.
   */
  void run(Frame frame, Worker worker, int head, Left in, float[] s) {
    MemorySegment right = worker.panels(keyPanels + v - k, kernels::allocate);
    int matrix = v - k;
    prepare(frame, head, in, s, right);
    Arrays.fill(s, dq, dq + 3 * matrix, 0f);
    float[] lse = logSumExp.array(frame);
    int lse0 = logSumExp.offset() + head * length;
    for (int key = 0; key < length; key += KEYS) {
      int rows = Math.min(KEYS, length - key);
      Left keys = kernels.left(s, k + key * padded, padded, 1, rows, size, s, keyTile);
      Left values = kernels.left(s, v + key * padded, padded, 1, rows, size, s, valueTile);
      for (int query = 0; query < length; query += block) {
        int count = Math.min(block, length - query);
        weights(keys, values, query, count, s, right, lse, lse0);
        gradients(key, rows, query, count, s, right);
      }
    }
    projection.rotateBack(s, dq, padded);
    projection.rotateBack(s, dq + matrix, padded);
    Wave wave = frame.wave();
    int target = attendedGradient + length * width;
    for (int part = 0; part < 3; part++) {
      int column = part * width + head * size;
      int from = dq + part * matrix;
      PanelCopy.rows(s, from, padded, length, size, frame.arena, target + column, 3 * width);
      int to = frame.place * length * 3 * width + column;
      PanelCopy.rows(s, from, padded, length, size, wave.left0, to, 3 * width);
    }
  }

  private void prepare(Frame frame, int head, Left in, float[] s, MemorySegment right) {
    projection.rows(0, head, in, s, dq, true);
    Panels.pack(kernels, s, dq, 1, padded, size, length, right, queryColumns, size);
    Panels.pack(kernels, s, dq, padded, 1, length, size, right, queryPanels, length);
    projection.rows(1, head, in, s, k, true);
    Panels.pack(kernels, s, k, padded, 1, length, size, right, keyPanels, length);
    projection.rows(2, head, in, s, v, false);
    int from = attendedGradient + head * size;
    float[] arena = frame.arena;
    Panels.pack(kernels, arena, from, 1, width, size, length, right, gradientColumns, size);
    Panels.pack(kernels, arena, from, width, 1, length, size, right, gradientPanels, length);
    for (int i = 0; i < length; i++) {
      int out = attended.offset() + i * width + head * size;
      s[delta + i] = kernels.dot(attended.array(frame), out, arena, from + i * width, size);
    }
  }

  private void weights(
      Left keys,
      Left values,
      int query,
      int count,
      float[] s,
      MemorySegment right,
      float[] lse,
      int lse0) {
    int gradients = tiles + KEYS * block;
    for (int c = 0; c < count; c += panel) {
      int column = (query + c) * size;
      Blocks.multiply(
          kernels, keys, 0, size, right, queryColumns + column, s, tiles + c, block, false);
      Blocks.multiply(
          kernels,
          values,
          0,
          size,
          right,
          gradientColumns + column,
          s,
          gradients + c,
          block,
          false);
    }
    for (int i = 0; i < keys.rows(); i++) {
      int row = i * block;
      int d = delta + query;
      kernels.softmaxBackward(
          s, tiles + row, s, gradients + row, count, scale, lse, lse0 + query, s, d);
    }
  }

  private void gradients(int key, int rows, int query, int count, float[] s, MemorySegment right) {
    int gradients = tiles + KEYS * block;
    int transposed = gradients + KEYS * block;
    Panels.transpose(s, gradients, block, rows, count, s, transposed, KEYS);
    // One or two panels read each row, so packing does not pay.
    Left weight = Left.of(s, tiles, block, rows);
    Left gradient = Left.of(s, gradients, block, rows);
    Left byQuery = Left.of(s, transposed, KEYS, count);
    int matrix = v - k;
    int dk = dq + matrix + key * padded;
    int dv = dk + matrix;
    for (int p = 0; p < padded; p += panel) {
      int at = p * length + query * panel;
      int keysAt = keyPanels + p * length + key * panel;
      int to = dq + query * padded + p;
      Blocks.multiply(
          kernels, gradient, 0, count, right, queryPanels + at, s, dk + p, padded, true);
      Blocks.multiply(
          kernels, weight, 0, count, right, gradientPanels + at, s, dv + p, padded, true);
      Blocks.multiply(kernels, byQuery, 0, rows, right, keysAt, s, to, padded, true);
    }
  }
}
