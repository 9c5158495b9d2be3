package org.trm4j.backend.tornado.program;

import org.trm4j.plan.operation.Operation;

/** Makes the kernels of operations. */
@FunctionalInterface
public interface TaskFactory {

  /** Adds the kernels of an operation. */
  void add(Operation operation, TaskContext context, Tasks tasks);
}
