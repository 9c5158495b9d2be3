package org.trm4j.server.solve;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** A request is invalid or asks for too much; the message names the field. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class BadRequestException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public BadRequestException(String message) {
    super(message);
  }
}
