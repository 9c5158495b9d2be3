package org.trm4j.backend.cpu.operation.task;

import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;

/** Runs {@link NextStepTarget}. */
public final class NextStepTargetStep implements Step {
  private final BufferLocation[] logits;
  private final BufferLocation last;
  private final BufferLocation target;

  public NextStepTargetStep(NextStepTarget operation, StepContext context) {
    logits = operation.logits().stream().map(context::locate).toArray(BufferLocation[]::new);
    last = context.locate(operation.last());
    target = context.locate(operation.target());
  }

  @Override
  public void run(Frame frame, Worker worker) {
    if (worker.index() != 0) {
      return;
    }
    float logit = value(last, frame);
    if (!frame.sequence.lastStep) {
      logit = value(logits[0], frame);
      for (BufferLocation other : logits) {
        logit = Math.max(logit, value(other, frame));
      }
    }
    target.array(frame)[target.offset()] = (float) (1 / (1 + Math.exp(-logit)));
  }

  private static float value(BufferLocation location, Frame frame) {
    return location.array(frame)[location.offset()];
  }
}
