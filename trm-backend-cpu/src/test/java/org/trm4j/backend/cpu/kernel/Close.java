package org.trm4j.backend.cpu.kernel;

import static org.assertj.core.api.Assertions.fail;

/** A comparison that fails on NaN. */
public final class Close {
  private Close() {}

  /** Fails unless {@code |found - expected| <= tolerance}, or both are NaN. */
  public static void to(double found, double expected, double tolerance, String what) {
    boolean bothNaN = Double.isNaN(found) && Double.isNaN(expected);
    boolean near = Math.abs(found - expected) <= tolerance || found == expected;
    if (!near && !bothNaN) {
      fail("%s: found %s, expected %s within %s", what, found, expected, tolerance);
    }
  }
}
