package org.trm4j.task.spi;

import org.apiguardian.api.API;

/** What the heads say after a supervision step. */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface Outputs {
  /** Returns a copy of a head's logits, row by row. */
  float[] logits(String head);
}
