package org.trm4j;

/** Logits as probabilities; for people only, since beyond 37 every probability is 1. */
final class Logit {
  private Logit() {}

  static double probability(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }
}
