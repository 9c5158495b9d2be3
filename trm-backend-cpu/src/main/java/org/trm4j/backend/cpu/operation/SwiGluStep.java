package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SwiGlu;

/**
 * Runs {@link SwiGlu} on blocks of rows: gate, up and down process one chunk of the inner width at
 * a time while it is in the cache. The down product is added to the residual in place.
 */
final class SwiGluStep implements Step {
  static final int MAX_ROWS = 128;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final Panels gateUp;
  private final Panels down;
  private final float epsilon;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;
  private final int chunk;
  private final @Nullable SwiGluColumns columns;

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
    chunk = chunk(inner);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
    columns = context.wave() == 0 ? new SwiGluColumns(kernels, gateUp, down, length, width) : null;
  }

  /** Returns the size of a chunk, which divides the inner width. */
  static int chunk(int inner) {
    return inner % 512 == 0 ? 512 : 256;
  }

  @Override
  public int together() {
    return columns == null ? 0 : columns.floats();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    if (columns != null && columns.pays(worker)) {
      columns.run(frame, worker, input.array(frame), input.offset());
      int first = worker.from(length);
      int rows = worker.to(length) - first;
      int stride = columns.stride();
      normalise(frame, first, rows, frame.together, first * stride, stride);
    } else {
      rows(frame, worker);
    }
  }

  private void rows(Frame frame, Worker worker) {
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
    int packedInput = kernels.leftFloats(rows, width);
    int packedChunk = kernels.leftFloats(rows, chunk);
    float[] s = worker.scratch(rows * (chunk + 2 * panel + padded) + packedInput + packedChunk);
    int gate = rows * chunk;
    int up = gate + rows * panel;
    int sum = up + rows * panel;
    int left = sum + rows * padded;
    // If a gradient follows, gate and up are written straight to the memory that keeps them.
    boolean keep = kept >= 0;
    float[] products = keep ? frame.kept : s;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(in, in0 + i * width, s, sum + i * padded, width);
    }
    Left x = kernels.left(in, in0, width, 1, rows, width, s, left);
    for (int c = 0; c < inner; c += chunk) {
      for (int p = 0; p < chunk; p += panel) {
        int g = (c + p) / panel;
        int u = g + inner / panel;
        int gateAt = keep ? kept + (g * length + first) * panel : gate;
        int upAt = keep ? kept + (u * length + first) * panel : up;
        product(x, g, products, gateAt);
        product(x, u, products, upAt);
        kernels.swiGlu(products, gateAt, products, upAt, rows, s, p, chunk);
      }
      Left act = kernels.left(s, 0, chunk, 1, rows, chunk, s, left + packedInput);
      for (int p = 0; p < down.count(); p++) {
        Blocks.multiply(
            kernels, act, 0, chunk, down.data, down.offset(p, c), s, sum + p * panel, padded, true);
      }
    }
    normalise(frame, first, rows, s, sum, padded);
  }

  private void product(Left x, int panel, float[] to, int at) {
    int right = gateUp.offset(panel, 0);
    Blocks.multiply(kernels, x, 0, width, gateUp.data, right, to, at, kernels.panel(), false);
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
