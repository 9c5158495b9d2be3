package org.trm4j.backend.cpu.kernel.vector;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The register tile of products: the one thing in which this backend's kernels differ. */
enum Tile {
  /** Fourteen rows by two vectors of a packed left factor, for 32 registers. */
  TALL("14x2", 14, 2),

  /** Six rows by four vectors, for 32 registers. */
  WIDE("6x4", 6, 4),

  /** Six rows by two vectors, for 16 registers. */
  LOW("6x2", 6, 2);

  /** Floats of a vector for which the wide tile was measured to be faster. */
  private static final int WIDE_LANES = 16;

  // A constant to the JIT compiler, as the vector width is.
  static final Tile CHOSEN = choose(System.getProperty(TileChoice.PROPERTY, ""));

  private final String id;
  private final int rows;
  private final int vectors;

  Tile(String id, int rows, int vectors) {
    this.id = id;
    this.rows = rows;
    this.vectors = vectors;
  }

  /** Returns its name, rows by vectors. */
  String id() {
    return id;
  }

  int rows() {
    return rows;
  }

  /** Returns the number of vectors of a panel. */
  int vectors() {
    return vectors;
  }

  private static Tile choose(String forced) {
    if (forced.isEmpty()) {
      boolean many = Lanes.manyRegisters();
      boolean open = many && Lanes.COUNT == WIDE_LANES;
      return choose(open ? Processor.ofThisMachine() : Processor.UNKNOWN, many, Lanes.COUNT);
    }
    return Arrays.stream(values())
        .filter(tile -> tile.id.equals(forced))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                TileChoice.PROPERTY + ": " + forced + ", expected " + names()));
  }

  /**
   * Chooses by measurement: Zen 4 runs six rows by four vectors of 512 bits faster, reading rows in
   * place. All others get the tile that asks least of their caches.
   *
   * @param many whether there are 32 vector registers
   * @param lanes floats of a vector
   */
  static Tile choose(Processor processor, boolean many, int lanes) {
    if (!many) {
      return LOW;
    }
    return processor.isZen4() && lanes == WIDE_LANES ? WIDE : TALL;
  }

  private static String names() {
    return Arrays.stream(values()).map(Tile::id).collect(Collectors.joining(", "));
  }
}
