package org.trm4j.plugin;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/**
 * A plug-in that does not exist or cannot be used; the message is one line that says what was
 * found.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class PluginException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public PluginException(String message) {
    super(message);
  }
}
