package org.trm4j.recursion;

import org.apiguardian.api.API;

/** When the halting head says stop, in training. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public enum HaltRule {
  /** {@code q_halt > 0}. */
  HALT_POSITIVE,
  /** {@code q_halt > q_continue}. */
  HALT_OVER_CONTINUE
}
