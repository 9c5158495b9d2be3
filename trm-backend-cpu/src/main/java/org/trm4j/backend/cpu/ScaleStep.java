package org.trm4j.backend.cpu;

import org.trm4j.plan.Scale;

/** Runs {@link Scale}. */
final class ScaleStep implements Step {
  private final Kernels kernels;
  private final Place input;
  private final Place output;
  private final float factor;
  private final int size;

  ScaleStep(Scale operation, Lowered lowered) {
    kernels = lowered.kernels();
    input = lowered.place(operation.input());
    output = lowered.place(operation.output());
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
