package org.trm4j.backend.spi;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** An opened backend: a device with its threads or queues. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Backend extends AutoCloseable {

  /** Returns the id of its provider. */
  String id();

  /** Returns what it runs on, such as {@code cpu-vector: 256-bit vectors, 2 threads}. */
  String device();

  /** Returns what its products are computed in: {@code fp32} or {@code bf16}. */
  default String precision() {
    return "fp32";
  }

  /**
   * Uploads (and packs) parameters once for any number of inference sessions.
   *
   * @param parameters a value for every parameter of the plan
   */
  LoadedModel load(Plan plan, ParameterSet parameters);

  /**
   * Opens a training session whose parameters, latent states and optimizer state stay on the
   * device.
   *
   * @param parameters initial values of every parameter of the plan
   * @param batch slots, at least 1
   */
  TrainingSession train(Plan plan, ParameterSet parameters, int batch);

  /**
   * Returns how many inference sessions can do work at the same time, at least 1; more would only
   * hold memory while they wait for each other.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  default int parallelism() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Returns what it has counted since it was opened, by name, such as {@code launches} and {@code
   * compileSeconds}; empty if a backend counts nothing.
   */
  default Map<String, Double> statistics() {
    return Map.of();
  }

  /** Closes it with everything that was opened from it; a second call does nothing. */
  @Override
  void close();

  /**
   * What a backend declares that it can do. A declared capability must pass the contract suite; one
   * not declared is refused with {@link BackendException#unsupported}.
   */
  enum Capability {
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
    /** Runs models whose mixer is {@link org.trm4j.plan.operation.GridConvolution}. */
    CONVOLUTION,
    /**
     * Training sessions take gradients and parameters from outside: {@link
     * TrainingSession#assignGradients}, {@link TrainingSession#assign}.
     */
    GRADIENTS,
    /**
     * {@link #DETERMINISTIC}, and the number of threads and the other sequences of the batch make
     * no difference.
     */
    THREAD_INVARIANT
  }
}
