package org.trm4j.cli.terminal;

import org.apiguardian.api.API;

/** A command that stopped because of Ctrl-C; the message says what it has done. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class InterruptedCommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what the command has done. */
  public InterruptedCommandException(String done) {
    super(done);
  }
}
