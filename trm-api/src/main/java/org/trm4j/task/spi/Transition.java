package org.trm4j.task.spi;

import org.apiguardian.api.API;

/**
 * A rule outside the network that changes what the network is shown between supervision steps. All
 * that it knows of a puzzle is its memory, an array of fixed length, which is saved with a
 * resumable run. Stateless and thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface Transition {
  /** Returns the memory of a puzzle before its first step. */
  float[] begin(Episode episode);

  /** Returns what the next step shows; follows from memory and episode alone. */
  Presented present(float[] memory, Episode episode);

  /**
   * Decides after a step.
   *
   * @param memory that the step was presented from; not to be written to
   */
  Outcome next(float[] memory, Outputs outputs, Episode episode);
}
