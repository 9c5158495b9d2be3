package org.trm4j.backend.spi;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** A backend could not do what was requested; the message is one line. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class BackendException extends TrmException {
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
  public static BackendException unsupported(String backend, Backend.Capability capability) {
    return new BackendException("backend %s: does not declare %s".formatted(backend, capability));
  }

  /**
   * Makes a model or session.
   *
   * @throws BackendException if sizes overflow an int: the model is too large for the backend
   */
  public static <T> T sized(String backend, Supplier<T> made) {
    try {
      return made.get();
    } catch (ArithmeticException e) {
      throw new BackendException(
          "backend %s: the model needs an array of 2^31 values or more, expected fewer; a smaller batch, hiddenSize or seqLen helps"
              .formatted(backend),
          e);
    }
  }

  /** Returns the exception for the use of something closed. */
  public static BackendException closed(String what) {
    return new BackendException(what + ": is closed");
  }
}
