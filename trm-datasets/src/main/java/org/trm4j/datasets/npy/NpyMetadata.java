package org.trm4j.datasets.npy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A split's dataset.json.
 *
 * @param seqLen S
 * @param vocabSize V
 * @param ignoreLabel the label of positions that do not count; -1 for none
 * @param numPuzzleIdentifiers rows of the puzzle embedding table
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record NpyMetadata(int seqLen, int vocabSize, int ignoreLabel, int numPuzzleIdentifiers) {
  /** The file's name. */
  public static final String FILE = "dataset.json";

  /** Reads the dataset.json of a split's folder. */
  public static NpyMetadata read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new DatasetException("%s: not found".formatted(file));
    }
    try {
      JsonNode root = new JsonMapper().readTree(file.toFile());
      JsonNode ignore = root.get("ignore_label_id");
      return new NpyMetadata(
          integer(root, "seq_len", file),
          integer(root, "vocab_size", file),
          ignore == null || ignore.isNull() ? -1 : integer(root, "ignore_label_id", file),
          integer(root, "num_puzzle_identifiers", file));
    } catch (JacksonException e) {
      throw new DatasetException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
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
