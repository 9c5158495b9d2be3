package org.trm4j.cli.data;

import java.util.Map;
import org.trm4j.dataset.spi.PuzzleCodec;

/** The colours of cells, where a puzzle has usual ones. */
final class Palette {
  static final int WHITE = 0xFFFFFF;

  private static final Map<String, Integer> ARC =
      Map.ofEntries(
          Map.entry("0", 0x000000),
          Map.entry("1", 0x0074D9),
          Map.entry("2", 0xFF4136),
          Map.entry("3", 0x2ECC40),
          Map.entry("4", 0xFFDC00),
          Map.entry("5", 0xAAAAAA),
          Map.entry("6", 0xF012BE),
          Map.entry("7", 0xFF851B),
          Map.entry("8", 0x7FDBFF),
          Map.entry("9", 0x870C25),
          Map.entry(":", 0xEEEEEE));
  private static final Map<String, Integer> MAZE =
      Map.of("#", 0x333333, "S", 0x2ECC40, "G", 0xFF4136, "o", 0xFFDC00);

  private final PuzzleCodec codec;
  private final Map<String, Integer> colours;

  Palette(String domain, PuzzleCodec codec) {
    this.codec = codec;
    this.colours =
        switch (domain) {
          case "arc" -> ARC;
          case "maze" -> MAZE;
          default -> Map.of();
        };
  }

  /** Returns whether colours take the place of symbols. */
  boolean coloured() {
    return !colours.isEmpty();
  }

  /** Returns red, green and blue, eight bits each. */
  int colour(int token) {
    return colours.getOrDefault(codec.symbol(token), WHITE);
  }

  /** Returns the nearest of the 216 colours of a terminal. */
  int terminal(int token) {
    int colour = colour(token);
    return 16
        + 36 * level(colour >> 16 & 0xFF)
        + 6 * level(colour >> 8 & 0xFF)
        + level(colour & 0xFF);
  }

  private static int level(int value) {
    return Math.round(value * 5 / 255f);
  }
}
