package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.SwiGlu;

/**
 * Runs {@link SwiGlu} on blocks of rows: a chunk of the inner width at a time passes gate, up and
 * down while it is in the cache, and the residual is what the down product is added to.
 */
final class SwiGluStep implements Step {
  static final int CHUNK = 256;
  static final int MAX_ROWS = 128;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final Packed gateUp;
  private final Packed down;
  private final float epsilon;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;

  SwiGluStep(SwiGlu operation, StepContext context) {
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    gateUp = context.weights().byOutput(operation.gateUp());
    down = context.weights().byOutput(operation.down());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
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
    int panel = kernels.panel();
    int padded = Blocks.roundUp(width, panel) + 16;
    float[] in = input.array(frame);
    int in0 = input.offset() + first * width;
    float[] scratch = worker.scratch(rows * (CHUNK + 2 * panel + padded));
    int gate = rows * CHUNK;
    int up = gate + rows * panel;
    int sum = up + rows * panel;
    // Where a gradient follows, gate and up are computed right where they are kept.
    boolean keep = kept >= 0;
    float[] products = keep ? frame.kept : scratch;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(in, in0 + i * width, scratch, sum + i * padded, width);
    }
    for (int c = 0; c < inner; c += CHUNK) {
      for (int p = 0; p < CHUNK; p += panel) {
        int g = (c + p) / panel;
        int u = g + inner / panel;
        int gateAt = keep ? kept + (g * length + first) * panel : gate;
        int upAt = keep ? kept + (u * length + first) * panel : up;
        Blocks.multiply(
            kernels,
            in,
            in0,
            width,
            rows,
            width,
            gateUp.data,
            gateUp.offset(g, 0),
            products,
            gateAt,
            panel,
            false);
        Blocks.multiply(
            kernels,
            in,
            in0,
            width,
            rows,
            width,
            gateUp.data,
            gateUp.offset(u, 0),
            products,
            upAt,
            panel,
            false);
        kernels.swiGlu(products, gateAt, products, upAt, rows, scratch, p, CHUNK);
      }
      for (int p = 0; p < down.panels(); p++) {
        Blocks.multiply(
            kernels,
            scratch,
            0,
            CHUNK,
            rows,
            CHUNK,
            down.data,
            down.offset(p, c),
            scratch,
            sum + p * panel,
            padded,
            true);
      }
    }
    normalise(frame, first, rows, scratch, sum, padded);
  }

  private void normalise(Frame frame, int first, int rows, float[] sum, int sum0, int stride) {
    float[] out = output.array(frame);
    for (int i = 0; i < rows; i++) {
      float r =
          RmsNorm.row(
              kernels,
              sum,
              sum0 + i * stride,
              width,
              epsilon,
              out,
              output.offset() + (first + i) * width);
      if (inverseRms != null) {
        inverseRms.array(frame)[inverseRms.offset() + first + i] = r;
      }
    }
  }
}
