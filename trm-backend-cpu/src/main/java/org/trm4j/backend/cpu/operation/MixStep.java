package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.operation.MixState;

/** Runs {@link MixState}. */
final class MixStep implements Step {
  private final Kernels kernels;
  private final BufferLocation state;
  private final BufferLocation update;
  private final BufferLocation output;
  private final float kept;
  private final float taken;
  private final float sigma;
  private final int index;
  private final int size;

  MixStep(MixState operation, StepContext context) {
    kernels = context.kernels();
    state = context.locate(operation.state());
    update = context.locate(operation.update());
    output = context.locate(operation.output());
    kept = operation.kept();
    taken = operation.lambda();
    sigma = operation.sigma();
    index = operation.index();
    size = operation.output().shape().intSize();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(size);
    int count = worker.to(size) - from;
    float[] out = output.array(frame);
    int to = output.offset() + from;
    mix(
        state.array(frame),
        state.offset() + from,
        update.array(frame),
        update.offset() + from,
        out,
        to,
        count);
    if (sigma != 0) {
      Sequence sequence = frame.sequence;
      long stream = GaussianNoise.stream(sequence.key, sequence.draws + 1, index);
      kernels.addNormals(out, to, from, count, sigma, stream);
      // No worker counts before all have read.
      worker.await();
      if (worker.index() == 0) {
        sequence.draws++;
      }
    }
  }

  private void mix(float[] a, int a0, float[] b, int b0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = kept * a[a0 + i] + taken * b[b0 + i];
    }
  }
}
