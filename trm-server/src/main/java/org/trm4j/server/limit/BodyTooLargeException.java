package org.trm4j.server.limit;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** The body of a request is larger than the limit. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class BodyTooLargeException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public BodyTooLargeException(long most) {
    super("the body is larger than %s bytes (trm.server.max-body)".formatted(most));
  }
}
