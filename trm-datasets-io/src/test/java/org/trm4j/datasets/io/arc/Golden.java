package org.trm4j.datasets.io.arc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.io.json.JsonFiles;
import org.trm4j.datasets.io.npy.NpySplit;
import org.trm4j.plan.operation.Loss;

/** The folders that the published code made. */
final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/arc");

  private Golden() {}

  static Dataset source(int augmentations) {
    return new ArcFiles()
        .open(
            FOLDER.resolve("source"),
            Map.of("augmentations", String.valueOf(augmentations), "seed", "7"));
  }

  /** Returns for each puzzle's name its pairs, wherever they stood in the 30x30, in order. */
  static Map<String, List<ArcPair>> puzzles(Path folder, String split) {
    NpySplit examples = NpySplit.open(folder.resolve(split));
    List<String> names = JsonFiles.identifiers(folder.resolve(JsonFiles.IDENTIFIERS));
    Map<String, List<ArcPair>> puzzles = new TreeMap<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      puzzles
          .computeIfAbsent(names.get(example.puzzleIdentifier()), name -> new ArrayList<>())
          .add(new ArcPair(grid(example.tokens()), grid(example.labels())));
    }
    return puzzles;
  }

  private static ArcGrid grid(int[] tokens) {
    return ArcTokens.at(tokens, ArcTokens.origin(tokens));
  }

  /** Returns labels with padding as 0. */
  static int[] padded(int[] labels) {
    int[] result = labels.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] == Loss.IGNORED ? 0 : result[i];
    }
    return result;
  }
}
