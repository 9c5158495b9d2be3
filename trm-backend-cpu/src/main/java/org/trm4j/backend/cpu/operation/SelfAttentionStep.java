package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.kernel.ScalarMath;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.SelfAttention;

/**
 * Runs {@link SelfAttention}: heads in parallel with an online softmax over tiles of keys (arXiv
 * 2205.14135), then the output projection by rows.
 */
final class SelfAttentionStep implements Step {
  private static final int QUERIES = 24;
  private static final int KEYS = 256;

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
  }

  @Override
  public int shared() {
    return saved ? 0 : length * width;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    for (int head = worker.from(heads); head < worker.to(heads); head++) {
      head(frame, worker, head);
    }
    worker.await();
    out.run(frame, worker);
  }

  private void head(Frame frame, Worker worker, int head) {
    int panel = kernels.panel();
    int padded = projection.padded;
    int keys = Blocks.roundUp(length, panel);
    int block = Math.min(keys, KEYS);
    float[] s =
        worker.scratch(
            length * padded + Math.max(length, keys) * padded * 2 + QUERIES * (block + padded + 2));
    int q = 0;
    int v = q + length * padded;
    int kt = v + length * padded;
    int scores = kt + keys * padded;
    float[] in = input.array(frame);
    // The keys come by rows where the scores will be computed from them transposed.
    projection.rows(1, head, in, input.offset(), s, q, true);
    Packed.pack(s, q, 1, padded, projection.headSize, length, s, kt, projection.headSize, panel);
    projection.rows(0, head, in, input.offset(), s, q, true);
    projection.panels(2, head, in, input.offset(), s, v);
    for (int from = 0; from < length; from += QUERIES) {
      queries(
          frame,
          head,
          from,
          Math.min(QUERIES, length - from),
          s,
          new int[] {q, v, kt, scores, block});
    }
  }

  private void queries(Frame frame, int head, int from, int rows, float[] s, int[] at) {
    int panel = kernels.panel();
    int padded = projection.padded;
    int headSize = projection.headSize;
    int scores = at[3];
    int block = at[4];
    int sum = scores + QUERIES * block;
    int max = sum + QUERIES * padded;
    int total = max + QUERIES;
    Arrays.fill(s, sum, sum + rows * padded, 0f);
    Arrays.fill(s, max, max + rows, Float.NEGATIVE_INFINITY);
    Arrays.fill(s, total, total + rows, 0f);
    for (int key = 0; key < length; key += block) {
      int count = Math.min(block, length - key);
      for (int k = 0; k < count; k += panel) {
        int right = at[2] + (key + k) * headSize;
        Blocks.multiply(
            kernels,
            s,
            at[0] + from * padded,
            padded,
            rows,
            headSize,
            s,
            right,
            s,
            scores + k,
            block,
            false);
      }
      for (int i = 0; i < rows; i++) {
        int row = scores + i * block;
        float before = s[max + i];
        float now = Math.max(before, kernels.max(s, row, count) * scale);
        float correction = ScalarMath.exp(before - now);
        s[total + i] = s[total + i] * correction + kernels.expSum(s, row, count, scale, now);
        s[max + i] = now;
        scale(s, sum + i * padded, padded, correction);
      }
      for (int p = 0; p < padded; p += panel) {
        int right = at[1] + p * length + key * panel;
        Blocks.multiply(kernels, s, scores, block, rows, count, s, right, s, sum + p, padded, true);
      }
    }
    float[] target = attended.array(frame);
    for (int i = 0; i < rows; i++) {
      scale(s, sum + i * padded, headSize, 1 / s[total + i]);
      int to = attended.offset() + (from + i) * width + head * headSize;
      System.arraycopy(s, sum + i * padded, target, to, headSize);
      if (logSumExp != null) {
        logSumExp.array(frame)[logSumExp.offset() + head * length + from + i] =
            (float) (s[max + i] + Math.log(s[total + i]));
      }
    }
  }

  private static void scale(float[] x, int x0, int n, float factor) {
    for (int i = 0; i < n; i++) {
      x[x0 + i] *= factor;
    }
  }
}
