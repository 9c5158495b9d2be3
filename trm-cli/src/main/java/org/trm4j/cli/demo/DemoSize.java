package org.trm4j.cli.demo;

import java.util.Map;

/**
 * What the demo trains for one size of Sudoku.
 *
 * @param recipe the recipe that it starts from
 * @param puzzles options of the generator
 * @param more options that generate further held-out puzzles, enough for some that take several
 *     steps
 * @param folder name of the run folder
 * @param goal share of held-out puzzles that must be solved exactly
 */
record DemoSize(
    String recipe,
    Map<String, String> puzzles,
    Map<String, String> more,
    String folder,
    double goal) {

  static DemoSize of(int size, int puzzles) {
    if (puzzles < 1) {
      throw new IllegalArgumentException(
          "demo: puzzles %s, expected at least 1".formatted(puzzles));
    }
    String test = String.valueOf(puzzles);
    return switch (size) {
      case 4 ->
          new DemoSize(
              "demo",
              Map.of("size", "4", "train", "5500", "test", test),
              Map.of("size", "4", "train", "0", "test", String.valueOf(5L * puzzles)),
              "demo",
              0.99);
      case 6 ->
          new DemoSize(
              "demo-6",
              Map.of("size", "6", "train", "20000", "test", test),
              Map.of("size", "6", "train", "0", "test", test, "minGivens", "8", "maxGivens", "8"),
              "demo-6",
              0.95);
      default ->
          throw new IllegalArgumentException("demo: size %s, expected 4 or 6".formatted(size));
    };
  }
}
