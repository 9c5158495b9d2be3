package org.trm4j.halting.spi;

import java.util.HashSet;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Decides after each supervision step whether a puzzle's solve stops. Stateless and thread-safe;
 * {@link Progress} holds what it needs from earlier steps. A lambda is enough:
 *
 * <pre>{@code
 * SolveOptions options =
 *     SolveOptions.DEFAULT.withHalting(
 *         progress -> progress.verification().correct() || progress.unchangedSteps() >= 3);
 * }</pre>
 */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface HaltingPolicy {

  /** Returns whether to stop now; the limit on steps is kept by the caller. */
  boolean halt(Progress progress);

  /** Returns which changes it reads; the others are not measured. */
  @API(status = API.Status.MAINTAINED, since = "0.2.0")
  default Set<Progress.Change> reads() {
    return Set.of();
  }

  /** Returns a policy that reads those changes. */
  @API(status = API.Status.MAINTAINED, since = "0.2.0")
  static HaltingPolicy reading(Set<Progress.Change> changes, HaltingPolicy policy) {
    Set<Progress.Change> read = Set.copyOf(changes);
    return new HaltingPolicy() {
      @Override
      public boolean halt(Progress progress) {
        return policy.halt(progress);
      }

      @Override
      public Set<Progress.Change> reads() {
        return read;
      }
    };
  }

  /** Returns a policy that stops when this or the other one does. */
  default HaltingPolicy or(HaltingPolicy other) {
    return reading(both(other), progress -> halt(progress) || other.halt(progress));
  }

  /** Returns a policy that stops when this and the other one do. */
  default HaltingPolicy and(HaltingPolicy other) {
    return reading(both(other), progress -> halt(progress) && other.halt(progress));
  }

  private Set<Progress.Change> both(HaltingPolicy other) {
    Set<Progress.Change> both = new HashSet<>(reads());
    both.addAll(other.reads());
    return both;
  }
}
