package org.trm4j.spark.training;

import java.io.Serializable;
import java.util.ArrayList;

/** The sum of the shards' gradients, and each shard's report. */
final class StepSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Empty before the first gradient. */
  float[] gradient = new float[0];

  final ArrayList<ShardResult> results = new ArrayList<>();

  StepSum add(StepSum other) {
    if (gradient.length == 0) {
      gradient = other.gradient;
    } else if (other.gradient.length > 0) {
      float[] more = other.gradient;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += more[i];
      }
    }
    results.addAll(other.results);
    return this;
  }

  static StepSum of(float[] gradient, ShardResult result) {
    StepSum sum = new StepSum();
    sum.gradient = gradient;
    sum.results.add(result);
    return sum;
  }
}
