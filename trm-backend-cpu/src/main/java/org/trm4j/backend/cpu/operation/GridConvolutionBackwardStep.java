package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.GridConvolution;

/** Runs {@link GridConvolution.Backward}. */
final class GridConvolutionBackwardStep implements Step.WithWeights {
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final DepthwiseTaps taps;
  private final int length;
  private final int width;
  private final int wave;

  GridConvolutionBackwardStep(GridConvolution.Backward operation, StepContext context) {
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    wave = context.wave();
    taps = DepthwiseTaps.of(operation.kernel(), length, operation.columns(), context);
  }

  /** One left factor holds the gradients of the convolution's results, the other its input. */
  @Override
  public Wave.Need need() {
    int size = Math.multiplyExact(wave, length * width);
    return new Wave.Need(size, 0, size, 0);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    Wave into = frame.wave();
    int from = worker.from(length);
    int to = worker.to(length);
    int at = frame.place * length * width;
    float[] du = into.left0;
    normBackward(frame, from, to, du, at);
    int first = from * width;
    int count = (to - from) * width;
    System.arraycopy(input.array(frame), input.offset() + first, into.left1, at + first, count);
    // A cell's gradient comes from cells of other workers.
    worker.await();
    float[] dh = inputGradient.array(frame);
    int dh0 = inputGradient.offset();
    System.arraycopy(du, at + first, dh, dh0 + first, count);
    for (int cell = from; cell < to; cell++) {
      taps.transposed(kernels, du, at, cell, dh, dh0 + cell * width);
    }
  }

  private void normBackward(Frame frame, int from, int to, float[] du, int at) {
    float[] out = output.array(frame);
    float[] dOut = outputGradient.array(frame);
    float[] r = inverseRms.array(frame);
    for (int cell = from; cell < to; cell++) {
      int row = cell * width;
      RmsNorm.rowBackward(
          kernels,
          out,
          output.offset() + row,
          dOut,
          outputGradient.offset() + row,
          r[inverseRms.offset() + cell],
          width,
          du,
          at + row);
    }
  }

  /** Each worker has its own taps, so sums do not depend on the number of workers. */
  @Override
  public void weights(Wave into, Worker worker) {
    float[] sum = worker.scratch(width);
    for (int tap = worker.from(taps.count()); tap < worker.to(taps.count()); tap++) {
      Arrays.fill(sum, 0, width, 0f);
      for (int place = 0; place < into.count; place++) {
        int at = place * length * width;
        taps.tapGradient(kernels, tap, into.left0, into.left1, at, sum, 0);
      }
      taps.store(sum, 0, tap, into.gradients.values);
    }
  }
}
