package org.trm4j.recursion;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** A recursion program that is not valid; the message is one line that shows the place. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class InvalidProgramException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public InvalidProgramException(String message) {
    super(message);
  }
}
