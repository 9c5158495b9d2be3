package org.trm4j.server.limit;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** The server is solving, and holds in its queue, as many requests as it accepts. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ServerBusyException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public ServerBusyException(String message) {
    super(message);
  }
}
