package org.trm4j.halting.spi;

import org.apiguardian.api.API;

/**
 * Decides after each supervision step whether a puzzle's solve stops. Stateless and thread-safe.
 */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "0.1.0")
public interface HaltingPolicy {

  /** Returns whether to stop now; the limit on steps is kept by the caller. */
  boolean halt(Progress progress);

  /** Returns a policy that stops when this or the other one does. */
  default HaltingPolicy or(HaltingPolicy other) {
    return progress -> halt(progress) || other.halt(progress);
  }

  /** Returns a policy that stops when this and the other one do. */
  default HaltingPolicy and(HaltingPolicy other) {
    return progress -> halt(progress) && other.halt(progress);
  }
}
