package org.trm4j.error;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every exception that the library throws on purpose, so that one catch is enough.
 * The message is one line that names what was found and what was expected. Wrong arguments of a
 * call are programming errors and stay {@link IllegalArgumentException}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public abstract class TrmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  protected TrmException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and its cause. */
  protected TrmException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
