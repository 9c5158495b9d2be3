package org.trm4j.model;

import org.apiguardian.api.API;

/** How positions enter the network. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum PositionEncoding {
  /** Positions are not encoded. */
  NONE,
  /** Rotary embedding of queries and keys, half-split form (arXiv 2104.09864). */
  ROTARY,
  /** A learned vector per position, added to the input embedding. */
  LEARNED
}
