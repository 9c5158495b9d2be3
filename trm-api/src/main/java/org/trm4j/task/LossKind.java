package org.trm4j.task;

import org.apiguardian.api.API;

/**
 * How a row of logits is compared with its target; {@link org.trm4j.plan.operation.TermLoss} has
 * formulas.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public enum LossKind {
  /** Cross-entropy of the StableMax of a row, the target being a class. */
  STABLE_MAX,
  /** Cross-entropy of the softmax of a row, the target being a class. */
  SOFTMAX,
  /** Binary cross-entropy of every logit, the target being a number from 0 to 1 for each. */
  BINARY
}
