package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/** A puzzle that cannot be read or breaks its own rules; the message is one line. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class InvalidPuzzleException extends DatasetException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public InvalidPuzzleException(String message) {
    super(message);
  }
}
