package org.trm4j.backend.cpu.operation.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Assemble;

/** Runs {@link Assemble}. */
public final class AssembleStep implements Step {
  private final float[] values;
  private final BufferLocation rows;
  private final BufferLocation output;
  private final int prefixTable;
  private final int positionTable;
  private final int length;
  private final int prefix;
  private final int width;
  private final float scale;

  public AssembleStep(Assemble operation, StepContext context) {
    values = context.weights().values;
    rows = context.locate(operation.rows());
    output = context.locate(operation.output());
    @Nullable ParameterSpec first = operation.prefix();
    prefixTable = first == null ? -1 : context.weights().offset(first);
    @Nullable ParameterSpec positions = operation.positions();
    positionTable = positions == null ? -1 : context.weights().offset(positions);
    length = operation.output().shape().dim(0);
    prefix = length - operation.rows().shape().dim(0);
    width = operation.output().shape().dim(1);
    scale = operation.scale();
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] out = output.array(frame);
    for (int row = worker.from(length); row < worker.to(length); row++) {
      int to = output.offset() + row * width;
      if (row >= prefix) {
        int from = rows.offset() + (row - prefix) * width;
        System.arraycopy(rows.array(frame), from, out, to, width);
      } else if (prefixTable >= 0) {
        System.arraycopy(values, prefixTable + row * width, out, to, width);
      } else {
        Arrays.fill(out, to, to + width, 0f);
      }
      if (positionTable >= 0) {
        for (int i = 0; i < width; i++) {
          out[to + i] += values[positionTable + row * width + i];
        }
      }
      for (int i = 0; i < width; i++) {
        out[to + i] *= scale;
      }
    }
  }
}
