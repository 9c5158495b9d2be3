package org.trm4j.backend.tornado.program;

/** The messages of TornadoVM's exceptions, in one line. */
public final class FailureReason {
  private static final String NONE_GIVEN = "Recover option disabled";

  private FailureReason() {}

  /** Returns the first line, without terminal colours. */
  public static String of(Throwable e) {
    String line =
        (e.getMessage() == null ? e.toString() : e.getMessage())
            .replaceAll("\u001B\\[[0-9;]*m", "")
            .strip()
            .lines()
            .findFirst()
            .orElse("");
    // TornadoVM uses this text for every failure of a launch.
    return line.contains(NONE_GIVEN) ? "TornadoVM gives no reason" : line;
  }
}
