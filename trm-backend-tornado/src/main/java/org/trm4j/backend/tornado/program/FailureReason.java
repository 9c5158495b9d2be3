package org.trm4j.backend.tornado.program;

/** What TornadoVM's exceptions say, for messages. */
public final class FailureReason {
  private static final String NONE_GIVEN = "Recover option disabled";

  private FailureReason() {}

  /** Returns the first line, without the colours of a terminal. */
  public static String of(Throwable e) {
    String line =
        (e.getMessage() == null ? e.toString() : e.getMessage())
            .replaceAll("\u001B\\[[0-9;]*m", "")
            .strip()
            .lines()
            .findFirst()
            .orElse("");
    // It says the same of all that goes wrong in a launch.
    return line.contains(NONE_GIVEN) ? "TornadoVM gives no reason" : line;
  }
}
