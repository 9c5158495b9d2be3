package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/** A backend could not do what was asked; the message is one line. */
@API(status = API.Status.STABLE, since = "0.1.0")
public class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public BackendException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and its cause. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception for a capability that a backend does not declare. */
  public static BackendException unsupported(String backend, Capability capability) {
    return new BackendException("backend %s: does not declare %s".formatted(backend, capability));
  }

  /** Returns the exception for the use of something closed. */
  public static BackendException closed(String what) {
    return new BackendException(what + ": is closed");
  }
}
