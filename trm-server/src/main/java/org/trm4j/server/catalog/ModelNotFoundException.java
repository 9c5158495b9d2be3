package org.trm4j.server.catalog;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** The requested model is not served; the message lists those that are. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ModelNotFoundException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public ModelNotFoundException(String message) {
    super(message);
  }
}
