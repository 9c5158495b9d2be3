package org.trm4j.backend.cpu;

import org.trm4j.plan.Sum;

/** {@link Sum}. */
final class SumStep implements Step {
  private final Slice[] inputs;
  private final Slice output;
  private final int rows;
  private final int width;
  private final Kernels kernels;

  SumStep(Sum operation, Slice.Locator locator, Kernels kernels) {
    this.inputs = operation.inputs().stream().map(locator::find).toArray(Slice[]::new);
    this.output = locator.find(operation.output());
    this.rows = operation.output().shape().dim(0);
    this.width = operation.output().shape().dim(1);
    this.kernels = kernels;
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int units(int phase) {
    return rows;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    int at = from * width;
    int count = (to - from) * width;
    float[] out = output.of(frame);
    System.arraycopy(
        inputs[0].of(frame), inputs[0].offset() + at, out, output.offset() + at, count);
    for (int i = 1; i < inputs.length; i++) {
      kernels.add(inputs[i].of(frame), inputs[i].offset() + at, out, output.offset() + at, count);
    }
  }
}
