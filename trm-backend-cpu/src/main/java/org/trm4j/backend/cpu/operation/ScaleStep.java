package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.Scale;

/** Runs {@link Scale}. */
final class ScaleStep implements Step {
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final float factor;
  private final int size;

  ScaleStep(Scale operation, StepContext context) {
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    factor = operation.factor();
    size = operation.output().shape().intSize();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(size);
    int count = worker.to(size) - from;
    kernels.scale(
        input.array(frame),
        input.offset() + from,
        count,
        factor,
        output.array(frame),
        output.offset() + from);
  }
}
