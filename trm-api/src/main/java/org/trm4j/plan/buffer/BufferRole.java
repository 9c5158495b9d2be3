package org.trm4j.plan.buffer;

import org.apiguardian.api.API;

/** How long a buffer's contents matter. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum BufferRole {
  /** A latent state: kept from one supervision step to the next. */
  STATE,
  /**
   * Handed over by the host for a sequence and kept until it is handed over again; all 0 when the
   * sequence starts.
   */
  INPUT,
  /** Dead after its last reader; the allocation may give its memory to another buffer. */
  TEMPORARY,
  /** Read by the host after the step. */
  OUTPUT
}
