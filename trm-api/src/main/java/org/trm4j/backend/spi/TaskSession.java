package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/**
 * The common part of sessions of plans with their own inputs and outputs; see {@link
 * Backend.Capability#TASKS}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface TaskSession {
  /**
   * Overwrites an input of a started slot; its latent states stay. A start sets all inputs to 0.
   *
   * @param input name of one of the plan's inputs
   * @param values as many as it has, row by row; copied
   */
  default void feed(int slot, String input, float[] values) {
    throw new BackendException(
        "session: feed %s: the backend does not declare %s"
            .formatted(input, Backend.Capability.TASKS));
  }

  /**
   * Copies an output of a slot's last step, or in training one of the plan's losses.
   *
   * @param output name of one of the plan's outputs or losses
   */
  default void read(String output, int slot, float[] target) {
    throw new BackendException(
        "session: read %s: the backend does not declare %s"
            .formatted(output, Backend.Capability.TASKS));
  }
}
