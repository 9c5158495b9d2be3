package org.trm4j.backend.cpu.operation.task;

import org.trm4j.backend.cpu.kernel.ArgMax;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TermLoss.ExactTarget;

/** Runs {@link ExactTarget}. */
public final class ExactTargetStep implements Step {
  private final BufferLocation logits;
  private final BufferLocation classes;
  private final BufferLocation target;
  private final int rows;
  private final int width;

  public ExactTargetStep(ExactTarget operation, StepContext context) {
    logits = context.locate(operation.logits());
    classes = context.locate(operation.classes());
    target = context.locate(operation.target());
    rows = operation.logits().shape().dim(0);
    width = operation.logits().shape().dim(1);
  }

  @Override
  public int terms() {
    return rows;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] x = logits.array(frame);
    for (int row = worker.from(rows); row < worker.to(rows); row++) {
      int expected = (int) classes.array(frame)[classes.offset() + row];
      boolean right =
          expected < 0 || ArgMax.of(x, logits.offset() + row * width, width) == expected;
      frame.terms[row] = right ? 0 : 1;
    }
    worker.await();
    if (worker.index() == 0) {
      boolean exact = true;
      for (int row = 0; row < rows; row++) {
        exact &= frame.terms[row] == 0;
      }
      target.array(frame)[target.offset()] = exact ? 1 : 0;
    }
  }
}
