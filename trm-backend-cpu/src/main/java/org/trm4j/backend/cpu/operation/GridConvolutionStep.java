package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.GridConvolution;

/** Runs {@link GridConvolution}, cell by cell. */
final class GridConvolutionStep implements Step {
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final DepthwiseTaps taps;
  private final float epsilon;
  private final int length;
  private final int width;

  GridConvolutionStep(GridConvolution operation, StepContext context) {
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    taps = DepthwiseTaps.of(operation.kernel(), length, operation.columns(), context);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] in = input.array(frame);
    float[] out = output.array(frame);
    float[] sum = worker.scratch(width);
    for (int cell = worker.from(length); cell < worker.to(length); cell++) {
      System.arraycopy(in, input.offset() + cell * width, sum, 0, width);
      taps.convolve(kernels, in, input.offset(), cell, sum, 0);
      int to = output.offset() + cell * width;
      float r = RmsNorm.row(kernels, sum, 0, width, epsilon, out, to);
      if (inverseRms != null) {
        inverseRms.array(frame)[inverseRms.offset() + cell] = r;
      }
    }
  }
}
