package org.trm4j.training.config;

import org.apiguardian.api.API;

/**
 * Adaptive computation time in training.
 *
 * @param maxSteps supervision steps of one example at most
 * @param explorationProbability with which a minimum number of steps is drawn
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record HaltingSettings(int maxSteps, double explorationProbability) {
  /** Checks the ranges. */
  public HaltingSettings {
    Settings.atLeast("halting.maxSteps", maxSteps, 1);
    Settings.between("halting.explorationProbability", explorationProbability, 0, 1);
  }
}
