package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * Runs {@link SelfAttention}: heads in parallel with an online softmax over blocks of keys (arXiv
 * 2205.14135), then the output projection by rows. Scores are computed transposed: queries lie in
 * the lanes of vectors, and attention weights are the right factor of the product with the values.
 */
final class SelfAttentionStep implements Step {
  private static final int KEYS = 252;

  private final Kernels kernels;
  private final HeadProjection projection;
  private final OutputProjection out;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final @Nullable BufferLocation logSumExp;
  private final boolean saved;
  private final int heads;
  private final int length;
  private final int width;
  private final float scale;
  private final int blocks;
  private final int block;

  SelfAttentionStep(SelfAttention operation, StepContext context) {
    kernels = context.kernels();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    heads = operation.heads();
    projection =
        new HeadProjection(context, operation.qkv(), length, heads, operation.rotaryBase());
    input = context.locate(operation.input());
    SelfAttention.Saved keep = operation.saved();
    saved = keep != null;
    attended =
        keep == null ? new BufferLocation(-1, context.shared()) : context.locate(keep.attended());
    logSumExp = keep == null ? null : context.locate(keep.logSumExp());
    out = new OutputProjection(operation, context, attended);
    scale = (float) (1 / Math.sqrt(projection.headSize));
    blocks = Math.ceilDiv(length, KEYS);
    block = Math.min(KEYS, Blocks.roundUp(Math.ceilDiv(length, blocks), kernels.tileRows()));
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
      int tiles = (block + projection.headSize + 3) * kernels.panel();
      float[] s =
          worker.scratch(
              projection.inputFloats()
                  + length * projection.padded
                  + kernels.leftFloats(projection.headSize, length)
                  + blocks * kernels.leftFloats(block, projection.headSize)
                  + Math.max(tiles, length * projection.padded));
      Left in = projection.input(input.array(frame), input.offset(), s, 0);
      for (int head = from; head < to; head++) {
        head(frame, worker, head, in, s, projection.inputFloats());
      }
    }
    worker.await();
    out.run(frame, worker);
  }

  private void head(Frame frame, Worker worker, int head, Left in, float[] s, int at) {
    int padded = projection.padded;
    int headSize = projection.headSize;
    int panels = Math.ceilDiv(length, kernels.panel());
    int rows = at;
    int values = rows + length * padded;
    int keys = values + kernels.leftFloats(headSize, length);
    int tiles = keys + blocks * kernels.leftFloats(block, headSize);
    MemorySegment right =
        worker.panels(kernels.panel() * (panels * headSize + block), kernels::allocate);
    projection.rows(1, head, in, s, rows, true);
    Left[] k = new Left[blocks];
    for (int b = 0; b < blocks; b++) {
      int count = Math.min(block, length - b * block);
      int from = rows + b * block * padded;
      int to = keys + b * kernels.leftFloats(block, headSize);
      k[b] = kernels.left(s, from, padded, 1, count, headSize, s, to);
    }
    // Keys may be read in place, so values and queries have rows of their own.
    projection.rows(2, head, in, s, tiles, false);
    Left v = kernels.left(s, tiles, 1, padded, headSize, length, s, values);
    projection.rows(0, head, in, s, tiles, true);
    Panels.pack(kernels, s, tiles, 1, padded, headSize, length, right, 0, headSize);
    for (int p = 0; p < panels; p++) {
      queries(frame, head, p, k, v, s, tiles, right, panels * headSize * kernels.panel());
    }
  }

  /**
   * A panel of queries: scores and weights are [keys][queries], the attended values [D /
   * H][queries].
   */
  private void queries(
      Frame frame,
      int head,
      int p,
      Left[] k,
      Left v,
      float[] s,
      int tiles,
      MemorySegment right,
      int weights) {
    int panel = kernels.panel();
    int headSize = projection.headSize;
    int sum = tiles + block * panel;
    int state = sum + headSize * panel;
    int correction = state + 2 * panel;
    Arrays.fill(s, sum, state, 0f);
    Arrays.fill(s, state, state + panel, Float.NEGATIVE_INFINITY);
    Arrays.fill(s, state + panel, correction, 0f);
    for (int b = 0; b < blocks; b++) {
      int count = k[b].rows();
      int query = p * headSize * panel;
      Blocks.multiply(kernels, k[b], 0, headSize, right, query, s, tiles, panel, false);
      kernels.softmaxPanel(s, tiles, count, scale, s, state, right, weights);
      if (b > 0) {
        kernels.scaleColumns(s, sum, headSize, s, correction);
      }
      Blocks.multiply(kernels, v, b * block, count, right, weights, s, sum, panel, true);
    }
    float[] target = attended.array(frame);
    int from = p * panel;
    for (int i = 0; i < Math.min(panel, length - from); i++) {
      float total = s[state + panel + i];
      int to = attended.offset() + (from + i) * width + head * headSize;
      float factor = 1 / total;
      for (int j = 0; j < headSize; j++) {
        target[to + j] = s[sum + j * panel + i] * factor;
      }
      if (logSumExp != null) {
        logSumExp.array(frame)[logSumExp.offset() + head * length + from + i] =
            (float) (s[state + i] + Math.log(total));
      }
    }
  }
}
