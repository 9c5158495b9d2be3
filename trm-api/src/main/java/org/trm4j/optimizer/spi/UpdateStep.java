package org.trm4j.optimizer.spi;

import org.apiguardian.api.API;

/**
 * One update.
 *
 * @param number t, 1 for the first
 * @param learningRate of now
 * @param weightDecay as given
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record UpdateStep(long number, double learningRate, double weightDecay) {
  /** Returns {@code 1 - learningRate * weightDecay}, what decoupled weight decay multiplies by. */
  public double kept() {
    return 1 - learningRate * weightDecay;
  }
}
