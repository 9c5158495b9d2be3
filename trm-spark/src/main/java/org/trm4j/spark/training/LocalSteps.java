package org.trm4j.spark.training;

import java.io.Serializable;
import org.apiguardian.api.API;

/**
 * How often workers synchronise.
 *
 * @param count H, updates of each worker between two averagings; 1 for exact training, without
 *     averaging
 * @param learningRate of the outer update; 0.7 in arXiv 2311.08105
 * @param momentum of the outer update; 0.9 there
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record LocalSteps(int count, double learningRate, double momentum) implements Serializable {
  /** Exact data-parallel training. */
  public static final LocalSteps EXACT = new LocalSteps(1, 0.7, 0.9);

  /** Checks the ranges. */
  public LocalSteps {
    if (count < 1
        || !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)
        || !(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "local steps: %s with outer rate %s and momentum %s, expected at least 1, more than 0, and 0 to below 1"
              .formatted(count, learningRate, momentum));
    }
  }
}
