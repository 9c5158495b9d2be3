package org.trm4j.checkpoint;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/**
 * A checkpoint file that cannot be read or written; the message is one line that names the file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CheckpointException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its message, of which control characters are left out. */
  public CheckpointException(String message) {
    super(oneLine(message));
  }

  /** Creates the exception with its message, of which control characters are left out. */
  public CheckpointException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Messages quote names from damaged files. */
  private static String oneLine(String message) {
    return message.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}]+", " ");
  }
}
