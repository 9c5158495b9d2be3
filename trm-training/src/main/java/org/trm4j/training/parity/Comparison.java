package org.trm4j.training.parity;

import org.trm4j.model.Tensor;

/** Sums of a relative L2 norm: |found - expected| / |expected|, over one or several tensors. */
final class Comparison {
  private double difference;
  private double norm;
  private boolean broken;

  /** Adds a tensor; one of another size makes the whole comparison NaN. */
  Comparison add(Tensor expected, float[] found) {
    if (expected.shape().size() != found.length) {
      broken = true;
      return this;
    }
    for (int i = 0; i < found.length; i++) {
      add(expected.get(i), found[i]);
    }
    return this;
  }

  Comparison add(double expected, double found) {
    difference += (found - expected) * (found - expected);
    norm += expected * expected;
    return this;
  }

  /** Returns the error; NaN where any value was one. Where all is expected to be 0, the norm. */
  double error() {
    if (broken) {
      return Double.NaN;
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }
}
