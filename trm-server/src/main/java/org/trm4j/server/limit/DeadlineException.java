package org.trm4j.server.limit;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** A request exceeded its deadline. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class DeadlineException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public DeadlineException(String message) {
    super(message);
  }
}
