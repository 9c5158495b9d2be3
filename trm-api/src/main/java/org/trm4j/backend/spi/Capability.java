package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/**
 * What a backend declares that it can do. A declared capability must pass the contract suite; one
 * not declared is refused with {@link BackendException#unsupported}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Capability {
  /** Opens inference sessions. */
  INFERENCE,
  /** Opens training sessions. */
  TRAINING,
  /** The same inputs and seed give bitwise the same results in every run. */
  DETERMINISTIC,
  /** Runs plans whose states start at random or whose updates are damped or noisy. */
  RANDOM_STATES,
  /**
   * Runs plans with inputs, heads and loss terms of a task's own: {@link
   * org.trm4j.plan.operation.Linear}, {@link org.trm4j.plan.operation.Assemble}, {@link
   * org.trm4j.plan.operation.TermLoss}; see {@link TaskSession}.
   */
  TASKS,
  /**
   * Training sessions take gradients and parameters from outside: {@link
   * TrainingSession#assignGradients}, {@link TrainingSession#assign}.
   */
  GRADIENTS,
  /**
   * {@link #DETERMINISTIC}, and the number of threads and the other sequences of the batch make no
   * difference.
   */
  THREAD_INVARIANT
}
