package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.SelfAttentionBackward;

/**
 * The gradient of one attention head. Attention weights are computed again in tiles of keys by
 * queries; no L x L matrix is kept.
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
  private final int stride;
  private final float scale;
  // Scratch offsets of [L][padded] matrices, then of the tiles.
  private final int k;
  private final int v;
  private final int queryColumns;
  private final int gradientColumns;
  private final int queryPanels;
  private final int gradientPanels;
  private final int keyPanels;
  private final int dq;
  private final int delta;
  private final int tiles;

  HeadBackward(
      SelfAttentionBackward operation, StepContext context, int attendedGradient, int stride) {
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
    this.stride = stride;
    size = projection.headSize;
    padded = projection.padded;
    panel = kernels.panel();
    block = Math.min(QUERIES, Blocks.roundUp(length, panel));
    scale = (float) (1 / Math.sqrt(size));
    int matrix = Blocks.roundUp(length, panel) * padded;
    k = 0;
    v = matrix;
    queryColumns = 2 * matrix;
    gradientColumns = 3 * matrix;
    queryPanels = 4 * matrix;
    gradientPanels = 5 * matrix;
    keyPanels = 6 * matrix;
    dq = 7 * matrix;
    delta = 10 * matrix;
    tiles = delta + length;
  }

  /**
   * Writes the gradients of q, k and v behind that of attended in the workspace, and transposed
   * into the wave.
   */
  void run(Frame frame, Worker worker, int head) {
    float[] s = worker.scratch(tiles + 3 * KEYS * block);
    int matrix = v;
    prepare(frame, head, s);
    Arrays.fill(s, dq, dq + 3 * matrix, 0f);
    float[] lse = logSumExp.array(frame);
    int lse0 = logSumExp.offset() + head * length;
    for (int key = 0; key < length; key += KEYS) {
      int rows = Math.min(KEYS, length - key);
      for (int query = 0; query < length; query += block) {
        tile(s, key, rows, query, Math.min(block, length - query), lse, lse0);
      }
    }
    projection.rotateBack(s, dq, padded);
    projection.rotateBack(s, dq + matrix, padded);
    Wave wave = frame.wave();
    int target = attendedGradient + length * width;
    for (int part = 0; part < 3; part++) {
      int column = part * width + head * size;
      int from = dq + part * matrix;
      PanelCopy.store(
          kernels, s, from, padded, length, size, frame.arena, target + column, 3 * width);
      Packed.transpose(
          s,
          from,
          padded,
          length,
          size,
          wave.left0,
          column * stride + frame.place * length,
          stride);
    }
  }

  private void prepare(Frame frame, int head, float[] s) {
    float[] in = input.array(frame);
    projection.rows(0, head, in, input.offset(), s, dq, true);
    Packed.pack(s, dq, 1, padded, size, length, s, queryColumns, size, panel);
    Packed.pack(s, dq, padded, 1, length, size, s, queryPanels, length, panel);
    projection.rows(1, head, in, input.offset(), s, k, true);
    Packed.pack(s, k, padded, 1, length, size, s, keyPanels, length, panel);
    projection.rows(2, head, in, input.offset(), s, v, false);
    int gradient = attendedGradient + head * size;
    Packed.pack(frame.arena, gradient, 1, width, size, length, s, gradientColumns, size, panel);
    Packed.pack(frame.arena, gradient, width, 1, length, size, s, gradientPanels, length, panel);
    for (int i = 0; i < length; i++) {
      int out = attended.offset() + i * width + head * size;
      s[delta + i] =
          kernels.dot(attended.array(frame), out, frame.arena, gradient + i * width, size);
    }
  }

  private void tile(float[] s, int key, int rows, int query, int count, float[] lse, int lse0) {
    int weights = tiles;
    int gradients = weights + KEYS * block;
    int transposed = gradients + KEYS * block;
    for (int c = 0; c < count; c += panel) {
      int column = (query + c) * size;
      Blocks.multiply(
          kernels,
          s,
          k + key * padded,
          padded,
          rows,
          size,
          s,
          queryColumns + column,
          s,
          weights + c,
          block,
          false);
      Blocks.multiply(
          kernels,
          s,
          v + key * padded,
          padded,
          rows,
          size,
          s,
          gradientColumns + column,
          s,
          gradients + c,
          block,
          false);
    }
    for (int i = 0; i < rows; i++) {
      kernels.softmaxBackward(
          s,
          weights + i * block,
          s,
          gradients + i * block,
          count,
          scale,
          lse,
          lse0 + query,
          s,
          delta + query);
    }
    Packed.transpose(s, gradients, block, rows, count, s, transposed, KEYS);
    int matrix = v;
    for (int p = 0; p < padded; p += panel) {
      int right = p * length;
      int dk = dq + matrix + key * padded + p;
      int dv = dq + 2 * matrix + key * padded + p;
      int queryRight = queryPanels + right + query * panel;
      Blocks.multiply(
          kernels, s, gradients, block, rows, count, s, queryRight, s, dk, padded, true);
      int gradientRight = gradientPanels + right + query * panel;
      Blocks.multiply(
          kernels, s, weights, block, rows, count, s, gradientRight, s, dv, padded, true);
      int keyRight = keyPanels + right + key * panel;
      Blocks.multiply(
          kernels,
          s,
          transposed,
          KEYS,
          count,
          rows,
          s,
          keyRight,
          s,
          dq + query * padded + p,
          padded,
          true);
    }
  }
}
