package org.trm4j.tck.sample;

import org.apiguardian.api.API;

/** The operations, each of which is checked forward and backward between embedding and heads. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public enum OperationKind {
  /** Embedding and heads alone, with a copy between them. */
  EMBED_AND_HEADS,
  SUM,
  SWI_GLU,
  TOKEN_SWI_GLU,
  GRID_CONVOLUTION,
  SELF_ATTENTION,
  ROTARY_SELF_ATTENTION;

  /** Returns whether an infinite input has one right result whatever the order of additions. */
  public boolean isLinear() {
    return this == EMBED_AND_HEADS || this == SUM;
  }

  /** Returns whether it weighs positions by a softmax of scores. */
  public boolean attends() {
    return this == SELF_ATTENTION || this == ROTARY_SELF_ATTENTION;
  }
}
