package org.trm4j;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Sees every call that solves puzzles with a model, for metrics and traces; given to {@link
 * OpenOptions#withObserver}. Thread-safe: calls of several threads overlap. An exception of an
 * observer reaches the caller of the model.
 */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface SolveObserver {
  /**
   * A call begins; it may have to wait for a session.
   *
   * @param many whether it is one of {@code solveAll}
   */
  Call began(boolean many);

  /** One call. Its methods are called by the thread that solves, in this order. */
  interface Call {
    /** The call has a session; until then it waited for one. */
    default void placed() {}

    /** A puzzle was answered. */
    default void answered(Answer answer) {}

    /**
     * The call has ended.
     *
     * @param failure the exception that the call throws; null if it returns
     */
    void ended(@Nullable Throwable failure);
  }
}
