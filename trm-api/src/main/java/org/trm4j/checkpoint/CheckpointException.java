package org.trm4j.checkpoint;

import org.apiguardian.api.API;

/**
 * A checkpoint file that cannot be read or written; the message is one line that names the file.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public CheckpointException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and its cause. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
