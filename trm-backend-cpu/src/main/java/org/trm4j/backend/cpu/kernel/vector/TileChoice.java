package org.trm4j.backend.cpu.kernel.vector;

/** The setting that forces a register tile. */
public final class TileChoice {
  /**
   * System property: 14x2, 6x4 or 6x2, rows by vectors. Unset: 6x2 where there are 16 vector
   * registers; where there are 32, 6x4 for 512-bit vectors on a Zen 4, else 14x2. Every tile is
   * correct on every machine, and slow on one that has too few registers for it.
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
