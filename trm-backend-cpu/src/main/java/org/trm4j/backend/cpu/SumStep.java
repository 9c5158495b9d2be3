package org.trm4j.backend.cpu;

import java.util.List;
import org.trm4j.plan.Sum;

/** Runs {@link Sum}. */
final class SumStep implements Step {
  private final List<Place> inputs;
  private final Place output;
  private final int size;

  SumStep(Sum operation, Lowered lowered) {
    inputs = operation.inputs().stream().map(lowered::place).toList();
    output = lowered.place(operation.output());
    size = operation.output().shape().intSize();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(size);
    int count = worker.to(size) - from;
    float[] out = output.array(frame);
    int to = output.offset() + from;
    Place first = inputs.getFirst();
    if (inputs.size() == 1) {
      System.arraycopy(first.array(frame), first.offset() + from, out, to, count);
      return;
    }
    Place second = inputs.get(1);
    add(
        first.array(frame),
        first.offset() + from,
        second.array(frame),
        second.offset() + from,
        out,
        to,
        count);
    for (int i = 2; i < inputs.size(); i++) {
      Place next = inputs.get(i);
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
