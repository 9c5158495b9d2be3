package org.trm4j.recursion;

import org.apiguardian.api.API;

/**
 * How an update enters its state: {@code state <- (1 - lambda) state + lambda module(...) + sigma
 * normal} (arXiv 2605.21488).
 *
 * @param lambda the share of the new value, more than 0 and at most 1
 * @param sigma standard deviation of the noise, in training and in solving; 0 for none
 */
@API(status = API.Status.MAINTAINED, since = "0.2.0")
public record Mix(double lambda, double sigma) {
  /** The new value replaces the old one. */
  public static final Mix REPLACE = new Mix(1, 0);

  /** Returns whether the new value replaces the old one, without noise. */
  public boolean replaces() {
    return lambda == 1 && sigma == 0;
  }
}
