package org.trm4j.model;

import org.apiguardian.api.API;

/** What becomes of a parameter in training. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum ParameterKind {
  /** Trained by the dense optimizer, averaged by the EMA. */
  TRAINED,
  /** The puzzle embedding table: rows trained by sign-SGD when their puzzle is in the batch. */
  PUZZLE_EMBEDDING,
  /** Never trained: the vectors that latent states start from. */
  FIXED
}
