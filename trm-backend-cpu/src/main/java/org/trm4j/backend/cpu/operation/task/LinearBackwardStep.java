package org.trm4j.backend.cpu.operation.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Linear;

/** Runs {@link Linear.Backward}. */
public final class LinearBackwardStep implements Step.WithWeights {
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation outputGradient;
  private final @Nullable BufferLocation inputGradient;
  private final int inputSize;
  private final int weight;
  private final int bias;
  private final int from;
  private final int read;
  private final int rows;
  private final boolean mean;
  private final int in;
  private final int out;
  private final int wave;

  public LinearBackwardStep(Linear.Backward operation, StepContext context) {
    values = context.weights().values;
    input = context.locate(operation.input());
    outputGradient = context.locate(operation.outputGradient());
    @Nullable Buffer gradient = operation.inputGradient();
    inputGradient = gradient == null ? null : context.locate(gradient);
    inputSize = operation.input().shape().intSize();
    weight = context.weights().offset(operation.weight());
    @Nullable ParameterSpec vector = operation.bias();
    bias = vector == null ? -1 : context.weights().offset(vector);
    from = operation.from();
    read = operation.rowsRead();
    mean = operation.mean();
    rows = mean ? 1 : read;
    in = operation.input().shape().dim(1);
    out = operation.outputGradient().shape().dim(1);
    wave = context.wave();
  }

  /** One left factor holds the gradients of the output rows, the other the rows themselves. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(
        Math.multiplyExact(wave, rows * out), 0, Math.multiplyExact(wave, rows * in), 0);
  }

  /** Workers share the rows; one worker computes a mean. */
  @Override
  public void run(Frame frame, Worker worker) {
    if (mean) {
      if (worker.index() == 0) {
        mean(frame);
      }
      return;
    }
    int first = worker.from(rows);
    int end = worker.to(rows);
    gradients(frame, first, end);
    int x0 = input.offset() + (from + first) * in;
    int to = (frame.place * rows + first) * in;
    System.arraycopy(input.array(frame), x0, frame.wave().left1, to, (end - first) * in);
    if (inputGradient != null) {
      float[] dx = inputGradient.array(frame);
      int start = inputGradient.offset();
      if (worker.index() == 0) {
        zero(dx, start, rows);
      }
      inputGradient(dx, start, outputGradient.array(frame), first, end);
    }
  }

  private void mean(Frame frame) {
    gradients(frame, 0, 1);
    float[] x = input.array(frame);
    int to = frame.place * in;
    LinearStep.mean(x, input.offset() + from * in, read, in, frame.wave().left1, to);
    if (inputGradient != null) {
      float[] dx = inputGradient.array(frame);
      int start = inputGradient.offset();
      zero(dx, start, read);
      inputGradient(dx, start, outputGradient.array(frame), 0, 1);
      share(dx, start + from * in);
    }
  }

  /** Keeps the gradients of output rows for the weight gradient. */
  private void gradients(Frame frame, int first, int end) {
    int dy0 = outputGradient.offset() + first * out;
    int to = (frame.place * rows + first) * out;
    System.arraycopy(outputGradient.array(frame), dy0, frame.wave().left0, to, (end - first) * out);
  }

  /** Clears the gradients of input rows that nothing reads. */
  private void zero(float[] dx, int start, int count) {
    Arrays.fill(dx, start, start + from * in, 0f);
    Arrays.fill(dx, start + (from + count) * in, start + inputSize, 0f);
  }

  private void inputGradient(float[] dx, int start, float[] dy, int first, int end) {
    Arrays.fill(dx, start + (from + first) * in, start + (from + end) * in, 0f);
    for (int row = first; row < end; row++) {
      int to = start + (from + row) * in;
      for (int o = 0; o < out; o++) {
        float g = dy[outputGradient.offset() + row * out + o];
        int w = weight + o * in;
        for (int i = 0; i < in; i++) {
          dx[to + i] += g * values[w + i];
        }
      }
    }
  }

  /** Every row of a mean gets an equal share of the first row's gradient. */
  private void share(float[] dx, int to) {
    for (int i = 0; i < in; i++) {
      dx[to + i] /= read;
    }
    for (int row = 1; row < read; row++) {
      System.arraycopy(dx, to, dx, to + row * in, in);
    }
  }

  /** Each worker has its own outputs, so sums do not depend on the number of workers. */
  @Override
  public void weights(Wave into, Worker worker) {
    float[] gradients = into.gradients.values;
    for (int o = worker.from(out); o < worker.to(out); o++) {
      int to = weight + o * in;
      float sum = 0;
      for (int row = 0; row < into.count * rows; row++) {
        float g = into.left0[row * out + o];
        sum += g;
        if (g != 0) {
          int x = row * in;
          for (int i = 0; i < in; i++) {
            gradients[to + i] += g * into.left1[x + i];
          }
        }
      }
      if (bias >= 0) {
        gradients[bias + o] += sum;
      }
    }
  }
}
