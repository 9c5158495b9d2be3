package org.trm4j.cli.terminal;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** A command that stopped because of Ctrl-C; the message says what it has done. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class InterruptedCommandException extends TrmException {
  private static final long serialVersionUID = 1;

  /** Says what the command has done. */
  public InterruptedCommandException(String done) {
    super(done);
  }
}
