package org.trm4j.training.parity;

import org.trm4j.plan.operation.Loss;

/** The loss of one sequence without a continue part, as {@link Loss} states it. */
final class PublishedLoss {
  private PublishedLoss() {}

  static double of(float[] logits, int[] labels, int vocabulary, double haltLogit) {
    double sum = 0;
    int count = 0;
    boolean exact = true;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == Loss.IGNORED) {
        continue;
      }
      count++;
      double total = 0;
      int best = 0;
      for (int v = 0; v < vocabulary; v++) {
        total += stable(logits[i * vocabulary + v]);
        best = logits[i * vocabulary + v] > logits[i * vocabulary + best] ? v : best;
      }
      sum -= Math.log(stable(logits[i * vocabulary + labels[i]]) / total);
      exact &= best == labels[i];
    }
    double halting =
        Math.max(haltLogit, 0)
            - (exact ? haltLogit : 0)
            + Math.log1p(Math.exp(-Math.abs(haltLogit)));
    return sum / Math.max(1, count) + 0.5 * halting;
  }

  private static double stable(double x) {
    return x < 0 ? 1 / (1 - x) : x + 1;
  }
}
