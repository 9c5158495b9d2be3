package org.trm4j.server.limit;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** The server could be reached from other machines but requires no token. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class OpenServerException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public OpenServerException(String address) {
    super(
        "server.address: %s can be reached from other machines, which needs a token"
            .formatted(address));
  }
}
