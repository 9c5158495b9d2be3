package org.trm4j.backend.cpu.program;

import org.trm4j.plan.operation.Operation;

/** Makes the steps of a program. */
@FunctionalInterface
public interface StepFactory {

  /** Returns the step that runs an operation. */
  Step step(Operation operation, StepContext context);
}
