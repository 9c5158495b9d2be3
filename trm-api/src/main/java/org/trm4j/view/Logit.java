package org.trm4j.view;

import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;

/** What holds of every logit that a host reads. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Logit {
  private Logit() {}

  /** Returns it as a probability; for people only, since beyond 37 every probability is 1. */
  public static double probability(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }

  /**
   * Returns a logit that is a finite number: another cannot be compared, counted or shown, and
   * passes every threshold.
   *
   * @param head that gives it, such as {@code halting head}
   * @param step supervision step
   */
  public static float finite(String head, float logit, int step) {
    if (!Float.isFinite(logit)) {
      throw new CheckpointException(
          "model: the %s gives %s at step %s, expected a finite number: weights are damaged or too large; train with a lower learning rate, or take an earlier model"
              .formatted(head, logit, step));
    }
    return logit;
  }
}
