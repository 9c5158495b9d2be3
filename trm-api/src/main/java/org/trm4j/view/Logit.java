package org.trm4j.view;

import org.apiguardian.api.API;

/** Logits as probabilities; for people only, since beyond 37 every probability is 1. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Logit {
  private Logit() {}

  public static double probability(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }
}
