package org.trm4j.training;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.error.TrmException;

/** A training run that cannot start or continue; the message is one line. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public TrainingException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and its cause. */
  public TrainingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
