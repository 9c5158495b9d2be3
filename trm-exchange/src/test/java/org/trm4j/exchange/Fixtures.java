package org.trm4j.exchange;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.model.ParameterSet;

/** The checkpoints that make.py made with PyTorch. */
final class Fixtures {
  private static final Path FOLDER = Path.of("src/test/resources/org/trm4j/exchange");

  /** The settings that do not follow from the shapes of the small TRM. */
  static final Map<String, String> TRM =
      Map.of(
          "heads", "2",
          "T", "3",
          "n", "6",
          "positions", "rotary",
          "puzzleEmbLen", "2",
          "domain", "sudoku:size=4");

  private Fixtures() {}

  static Path of(String name) {
    return FOLDER.resolve(name);
  }

  /** Returns the bits of all parameters, for comparison by content. */
  static Map<String, int[]> bits(ParameterSet parameters) {
    Map<String, int[]> bits = new LinkedHashMap<>();
    parameters
        .tensors()
        .forEach((name, tensor) -> {
          float[] values = tensor.toArray();
          int[] raw = new int[values.length];
          for (int i = 0; i < raw.length; i++) {
            raw[i] = Float.floatToRawIntBits(values[i]);
          }
          bits.put(name, raw);
        });
    return bits;
  }
}
