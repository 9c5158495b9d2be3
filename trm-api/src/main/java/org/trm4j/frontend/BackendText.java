package org.trm4j.frontend;

import org.apiguardian.api.API;
import org.trm4j.OpenOptions;

/** Backends as a person writes them on a command line. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class BackendText {
  /** What is written behind {@code auto} to let another precision of the products be chosen. */
  private static final String PRECISION = OpenOptions.AUTO + ":precision=";

  private BackendText() {}

  /**
   * Returns the options with a backend.
   *
   * @param text {@code auto} for the best in single precision, {@code auto:precision=bf16} for the
   *     best that multiplies in bfloat16, an id, or {@code id:device}
   */
  public static OpenOptions choose(OpenOptions options, String text) {
    if (text.startsWith(PRECISION)) {
      return options
          .withBackend(OpenOptions.AUTO)
          .withPrecision(text.substring(PRECISION.length()));
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? options.withBackend(text)
        : options.withBackend(text.substring(0, colon)).withDevice(text.substring(colon + 1));
  }

  /** Returns {@link OpenOptions#DEFAULT} with a backend and a number of threads, 0 for all. */
  public static OpenOptions options(String text, int threads) {
    return choose(OpenOptions.DEFAULT.withThreads(threads), text);
  }
}
