package org.trm4j.backend.cpu.operation.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Linear;

/** Runs {@link Linear}. */
public final class LinearStep implements Step {
  private final Kernels kernels;
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation output;
  private final Panels weight;
  private final int plain;
  private final int bias;
  private final int from;
  private final int read;
  private final boolean mean;
  private final int in;
  private final int out;

  public LinearStep(Linear operation, StepContext context) {
    kernels = context.kernels();
    values = context.weights().values;
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    weight = context.weights().byOutput(operation.weight());
    plain = context.weights().offset(operation.weight());
    @Nullable ParameterSpec vector = operation.bias();
    bias = vector == null ? -1 : context.weights().offset(vector);
    from = operation.from();
    read = operation.rowsRead();
    mean = operation.mean();
    in = operation.input().shape().dim(1);
    out = operation.output().shape().dim(1);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    if (!mean) {
      rows(frame, worker);
    } else if (worker.index() == 0) {
      average(frame, worker);
    }
  }

  private void rows(Frame frame, Worker worker) {
    int first = worker.from(read);
    int rows = worker.to(read) - first;
    int panel = kernels.panel();
    float[] scratch = worker.scratch(rows * panel);
    Left left = Left.of(input.array(frame), input.offset() + (from + first) * in, in, rows);
    for (int p = 0; p < weight.count() && rows > 0; p++) {
      Blocks.multiply(
          kernels, left, 0, in, weight.data, weight.offset(p, 0), scratch, 0, panel, false);
      int columns = Math.min(panel, out - p * panel);
      if (bias >= 0) {
        for (int row = 0; row < rows; row++) {
          for (int i = 0; i < columns; i++) {
            scratch[row * panel + i] += values[bias + p * panel + i];
          }
        }
      }
      int to = output.offset() + first * out + p * panel;
      PanelCopy.store(kernels, scratch, 0, panel, rows, columns, output.array(frame), to, out);
    }
  }

  private void average(Frame frame, Worker worker) {
    float[] average = worker.scratch(in);
    mean(input.array(frame), input.offset() + from * in, read, in, average, 0);
    for (int i = 0; i < out; i++) {
      float y = kernels.dot(average, 0, values, plain + i * in, in);
      output.array(frame)[output.offset() + i] = bias < 0 ? y : y + values[bias + i];
    }
  }

  /** Writes the mean of the rows. */
  static void mean(float[] x, int x0, int rows, int width, float[] to, int to0) {
    Arrays.fill(to, to0, to0 + width, 0f);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        to[to0 + i] += x[x0 + row * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      to[to0 + i] /= rows;
    }
  }
}
