package org.trm4j.backend.spi;

import org.apiguardian.api.API;
import org.trm4j.plan.Plan;

/** Parameters on a device, shared by any number of inference sessions. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface LoadedModel extends AutoCloseable {

  /** Returns the plan it runs. */
  Plan plan();

  /**
   * Opens a session with its own latent states.
   *
   * @param slots sequences that it holds, at least 1
   */
  InferenceSession open(int slots);

  /** Frees the parameters and closes the sessions; a second call does nothing. */
  @Override
  void close();
}
