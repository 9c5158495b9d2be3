package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/** The second half of attention, by rows: {@code rmsNorm(h + W_o attended)}. */
final class OutputProjection {
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final Panels weights;
  private final float epsilon;
  private final int length;
  private final int width;

  OutputProjection(SelfAttention operation, StepContext context, BufferLocation attended) {
    this.kernels = context.kernels();
    this.input = context.locate(operation.input());
    this.attended = attended;
    this.output = context.locate(operation.output());
    SelfAttention.Saved saved = operation.saved();
    this.inverseRms = saved == null ? null : context.locate(saved.inverseRms());
    this.weights = context.weights().byOutput(operation.out());
    this.epsilon = operation.epsilon();
    this.length = operation.input().shape().dim(0);
    this.width = operation.input().shape().dim(1);
  }

  void run(Frame frame, Worker worker) {
    int from = worker.from(length);
    int rows = worker.to(length) - from;
    int blocks = Math.ceilDiv(rows, SwiGluStep.MAX_ROWS);
    for (int block = 0; block < blocks; block++) {
      int first = from + rows * block / blocks;
      block(frame, worker, first, from + rows * (block + 1) / blocks - first);
    }
  }

  private void block(Frame frame, Worker worker, int first, int rows) {
    int panel = kernels.panel();
    int padded = Blocks.roundUp(width, panel);
    float[] sum = worker.scratch(rows * padded + kernels.leftFloats(rows, width));
    float[] in = input.array(frame);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(in, input.offset() + (first + i) * width, sum, i * padded, width);
    }
    int from = attended.offset() + first * width;
    Left left =
        kernels.left(attended.array(frame), from, width, 1, rows, width, sum, rows * padded);
    for (int p = 0; p < weights.count(); p++) {
      Blocks.multiply(
          kernels,
          left,
          0,
          width,
          weights.data,
          weights.offset(p, 0),
          sum,
          p * panel,
          padded,
          true);
    }
    float[] out = output.array(frame);
    for (int i = 0; i < rows; i++) {
      int to = output.offset() + (first + i) * width;
      float r = RmsNorm.row(kernels, sum, i * padded, width, epsilon, out, to);
      if (inverseRms != null) {
        inverseRms.array(frame)[inverseRms.offset() + first + i] = r;
      }
    }
  }
}
