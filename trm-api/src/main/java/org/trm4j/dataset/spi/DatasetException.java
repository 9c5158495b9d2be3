package org.trm4j.dataset.spi;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.error.TrmException;

/** Data that cannot be read, or a request that a data set cannot meet; the message is one line. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public class DatasetException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public DatasetException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and its cause. */
  public DatasetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
