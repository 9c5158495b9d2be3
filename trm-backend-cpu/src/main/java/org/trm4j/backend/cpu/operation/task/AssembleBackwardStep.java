package org.trm4j.backend.cpu.operation.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Assemble;

/** Runs {@link Assemble.Backward}. */
public final class AssembleBackwardStep implements Step.WithWeights {
  private final BufferLocation outputGradient;
  private final BufferLocation rowsGradient;
  private final int prefixTable;
  private final int positionTable;
  private final int length;
  private final int prefix;
  private final int width;
  private final int wave;
  private final float scale;

  public AssembleBackwardStep(Assemble.Backward operation, StepContext context) {
    outputGradient = context.locate(operation.outputGradient());
    rowsGradient = context.locate(operation.rowsGradient());
    @Nullable ParameterSpec first = operation.prefix();
    prefixTable = first == null ? -1 : context.weights().offset(first);
    @Nullable ParameterSpec positions = operation.positions();
    positionTable = positions == null ? -1 : context.weights().offset(positions);
    length = operation.outputGradient().shape().dim(0);
    prefix = length - operation.rowsGradient().shape().dim(0);
    width = operation.outputGradient().shape().dim(1);
    wave = context.wave();
    scale = operation.scale();
  }

  /** The left factor holds the scaled gradients of all rows. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(Math.multiplyExact(wave, length * width), 0, 0, 0);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] left = frame.wave().left0;
    float[] gradient = outputGradient.array(frame);
    int to = frame.place * length * width;
    for (int i = worker.from(length) * width; i < worker.to(length) * width; i++) {
      left[to + i] = gradient[outputGradient.offset() + i] * scale;
    }
    int first = Math.max(prefix, worker.from(length));
    int count = worker.to(length) - first;
    if (count > 0) {
      System.arraycopy(
          left,
          to + first * width,
          rowsGradient.array(frame),
          rowsGradient.offset() + (first - prefix) * width,
          count * width);
    }
  }

  @Override
  public void weights(Wave into, Worker worker) {
    int from = worker.from(width);
    int to = worker.to(width);
    for (int row = 0; row < into.count * length; row++) {
      int position = row % length;
      if (position < prefix && prefixTable >= 0) {
        add(into, row * width, prefixTable + position * width, from, to);
      }
      if (positionTable >= 0) {
        add(into, row * width, positionTable + position * width, from, to);
      }
    }
  }

  private static void add(Wave into, int origin, int target, int from, int to) {
    float[] gradients = into.gradients.values;
    for (int i = from; i < to; i++) {
      gradients[target + i] += into.left0[origin + i];
    }
  }
}
