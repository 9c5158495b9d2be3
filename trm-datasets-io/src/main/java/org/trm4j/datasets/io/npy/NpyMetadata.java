package org.trm4j.datasets.io.npy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.json.Json;
import org.trm4j.datasets.io.json.JsonFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A split's dataset.json.
 *
 * @param seqLen S
 * @param vocabSize V
 * @param ignoreLabel the label of positions that do not count; -1 for none
 * @param numPuzzleIdentifiers rows of the puzzle embedding table
 * @param totalGroups groups of puzzles
 * @param meanPuzzleExamples examples of a puzzle, on average
 * @param totalPuzzles puzzles with their augmentations; {@code totalGroups} where the file does not
 *     say
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record NpyMetadata(
    int seqLen,
    int vocabSize,
    int ignoreLabel,
    int numPuzzleIdentifiers,
    int totalGroups,
    double meanPuzzleExamples,
    int totalPuzzles) {
  /** The file's name. */
  public static final String FILE = "dataset.json";

  /** Reads the dataset.json of a split's folder. */
  public static NpyMetadata read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new DatasetException("%s: not found".formatted(file));
    }
    try {
      JsonNode root = Json.mapper().readTree(file.toFile());
      JsonNode ignore = root.get("ignore_label_id");
      return new NpyMetadata(
          integer(root, "seq_len", file),
          integer(root, "vocab_size", file),
          ignore == null || ignore.isNull() ? -1 : integer(root, "ignore_label_id", file),
          integer(root, "num_puzzle_identifiers", file),
          root.path("total_groups").asInt(0),
          root.path("mean_puzzle_examples").asDouble(1),
          root.path("total_puzzles").asInt(root.path("total_groups").asInt(0)));
    } catch (JacksonException e) {
      throw new DatasetException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Writes the dataset.json of a split's folder, with the keys that the published code reads. */
  public void write(Path folder) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("pad_id", 0);
    root.put("ignore_label_id", ignoreLabel < 0 ? null : ignoreLabel);
    root.put("blank_identifier_id", 0);
    root.put("vocab_size", vocabSize);
    root.put("seq_len", seqLen);
    root.put("num_puzzle_identifiers", numPuzzleIdentifiers);
    root.put("total_groups", totalGroups);
    root.put("mean_puzzle_examples", meanPuzzleExamples);
    root.put("total_puzzles", totalPuzzles);
    root.put("sets", List.of("all"));
    JsonFiles.write(folder.resolve(FILE), root);
  }

  private static int integer(JsonNode root, String key, Path file) {
    JsonNode value = root.get(key);
    if (value == null || !value.isInt()) {
      throw new DatasetException(
          "%s: %s is %s, expected a whole number".formatted(file, key, value));
    }
    return value.intValue();
  }
}
