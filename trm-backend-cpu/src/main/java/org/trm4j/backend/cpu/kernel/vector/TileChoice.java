package org.trm4j.backend.cpu.kernel.vector;

/** The setting that forces a register tile. */
public final class TileChoice {
  /**
   * System property: 14x2, 6x4 or 6x2, rows by vectors. Unset: 6x2 with 16 vector registers; with
   * 32, 6x4 for 512-bit vectors on a Zen 4 and 14x2 otherwise. Every tile is correct on every
   * machine, but slow on a machine with too few registers.
   */
  public static final String PROPERTY = "org.trm4j.cpu.kernel";

  private TileChoice() {}

  public static boolean isKnown(String value) {
    return switch (value) {
      case "", "14x2", "6x4", "6x2" -> true;
      default -> false;
    };
  }
}
