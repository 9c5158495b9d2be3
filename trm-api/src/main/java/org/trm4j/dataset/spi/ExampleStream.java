package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * An endless, shuffled, augmented stream of training examples; the same seed gives the same stream.
 * Not thread-safe.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public interface ExampleStream extends AutoCloseable {

  /** Returns the next example. */
  Example next();

  /** Moves on by {@code count} examples, as a resumed run does. */
  default void skip(long count) {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  /** Ends what works for the stream, such as threads; a second call does nothing. */
  @Override
  default void close() {
    // Most streams hold nothing.
  }
}
