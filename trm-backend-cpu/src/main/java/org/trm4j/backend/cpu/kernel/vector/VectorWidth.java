package org.trm4j.backend.cpu.kernel.vector;

/** The setting that forces a vector width. */
public final class VectorWidth {
  /**
   * System property: 128, 256 or 512 bits; a width beyond the machine's is correct but slow. Unset:
   * the machine's width.
   */
  public static final String PROPERTY = "org.trm4j.cpu.vectorBits";

  private VectorWidth() {}

  public static boolean isKnown(String value) {
    return switch (value) {
      case "", "128", "256", "512" -> true;
      default -> false;
    };
  }
}
