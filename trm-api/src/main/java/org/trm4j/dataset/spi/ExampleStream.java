package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * An endless, shuffled, augmented stream of training examples; the same seed gives the same stream.
 * Not thread-safe.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface ExampleStream extends AutoCloseable {

  /** Returns the next example. */
  Example next();

  /**
   * Returns the next example for a training step; only a curriculum depends on the step.
   *
   * @param step 1 for the first update; never smaller than in the call before
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default Example next(long step) {
    return next();
  }

  /**
   * Returns where it is, for {@link #resume}; empty if the number of examples taken says it all.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default String state() {
    return "";
  }

  /**
   * Continues where another stream of the same data set and seed stopped, as a resumed run does.
   *
   * @param taken examples that were taken from it
   * @param state what its {@link #state} was
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default void resume(long taken, String state) {
    skip(taken);
  }

  /** Moves on by {@code count} examples, as a resumed run does. */
  default void skip(long count) {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  /** Ends the threads that work for the stream; a second call does nothing. */
  @Override
  default void close() {
    // Most streams hold nothing.
  }
}
