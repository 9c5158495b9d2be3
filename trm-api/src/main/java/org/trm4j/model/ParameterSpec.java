package org.trm4j.model;

import org.apiguardian.api.API;

/**
 * One parameter of a model.
 *
 * @param name as in published checkpoints, without the {@code model.inner.} prefix
 * @param shape [out, in] for linear layers
 * @param kind how it is trained
 * @param initialStd standard deviation of the truncated normal it is drawn from; 0 for the constant
 *     {@code initialMean}
 * @param initialMean mean of its initial values
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ParameterSpec(
    String name, Shape shape, Kind kind, double initialStd, double initialMean) {

  @Override
  public String toString() {
    return name + " " + shape;
  }

  /** How training treats a parameter. */
  public enum Kind {
    /** Trained by the dense optimizer, averaged by the EMA. */
    TRAINED,
    /** The puzzle embedding table: rows trained by sign-SGD when their puzzle is in the batch. */
    PUZZLE_EMBEDDING,
    /** Never trained: the vectors that latent states start from. */
    FIXED
  }
}
