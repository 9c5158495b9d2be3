package org.trm4j.datasets.io.npy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.io.json.JsonFiles;
import tools.jackson.databind.JsonNode;

/**
 * What a folder that we have built says about itself, so that nobody has to guess it from sizes:
 * 4x4 mazes have those of 4x4 Sudoku.
 *
 * @param dataset id of the data set
 * @param options of its domain
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record BuiltFolder(String dataset, Map<String, String> options) {
  /** The file that says it. */
  public static final String FILE = "domain.json";

  /** Copies the options. */
  public BuiltFolder {
    options = Map.copyOf(options);
  }

  /** Writes it into a folder. */
  public static void write(Path folder, PuzzleDomain domain) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("dataset", domain.id());
    root.put("options", domain.options());
    JsonFiles.write(folder.resolve(FILE), root);
  }

  /**
   * Reads it from a folder, or from the one above where the folder is a split; null if there is
   * none, as in folders that Python has built.
   */
  public static @Nullable BuiltFolder of(Path folder) {
    Path here = folder.resolve(FILE);
    Path above = folder.toAbsolutePath().normalize().resolveSibling(FILE);
    boolean split = Files.isRegularFile(folder.resolve(NpyMetadata.FILE));
    Path file =
        Files.isRegularFile(here) ? here : split && Files.isRegularFile(above) ? above : null;
    if (file == null) {
      return null;
    }
    JsonNode root = JsonFiles.read(file);
    if (!root.path("dataset").isString() || !root.path("options").isObject()) {
      throw new DatasetException("%s: expected an object with dataset and options".formatted(file));
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> option : root.path("options").properties()) {
      options.put(option.getKey(), option.getValue().asString());
    }
    return new BuiltFolder(root.path("dataset").stringValue(), options);
  }
}
