package org.trm4j.backend.cpu.operation;

import java.util.List;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.Sum;

/** Runs {@link Sum}. */
final class SumStep implements Step {
  private final List<BufferLocation> inputs;
  private final BufferLocation output;
  private final int size;

  SumStep(Sum operation, StepContext context) {
    inputs = operation.inputs().stream().map(context::locate).toList();
    output = context.locate(operation.output());
    size = operation.output().shape().intSize();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(size);
    int count = worker.to(size) - from;
    float[] out = output.array(frame);
    int to = output.offset() + from;
    BufferLocation first = inputs.getFirst();
    if (inputs.size() == 1) {
      System.arraycopy(first.array(frame), first.offset() + from, out, to, count);
      return;
    }
    BufferLocation second = inputs.get(1);
    add(
        first.array(frame),
        first.offset() + from,
        second.array(frame),
        second.offset() + from,
        out,
        to,
        count);
    for (int i = 2; i < inputs.size(); i++) {
      BufferLocation next = inputs.get(i);
      accumulate(next.array(frame), next.offset() + from, out, to, count);
    }
  }

  private static void add(float[] a, int a0, float[] b, int b0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = a[a0 + i] + b[b0 + i];
    }
  }

  private static void accumulate(float[] a, int a0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] += a[a0 + i];
    }
  }
}
