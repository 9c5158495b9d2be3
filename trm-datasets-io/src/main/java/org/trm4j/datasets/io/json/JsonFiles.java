package org.trm4j.datasets.io.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON files of a builder's folder; errors name the file. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class JsonFiles {
  /** The file of a folder that holds the names of its puzzle identifiers. */
  public static final String IDENTIFIERS = "identifiers.json";

  /** The file of a folder that holds the tasks that are evaluated. */
  public static final String TEST_PUZZLES = "test_puzzles.json";

  /** The name of identifier 0. */
  public static final String BLANK = "<blank>";

  private JsonFiles() {}

  /** Reads a file. */
  public static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(file.toFile());
    } catch (JacksonException e) {
      throw new DatasetException(
          "%s: cannot be read as JSON: %s%s".formatted(file, e.getOriginalMessage(), place(e)), e);
    }
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : " (line %s, column %s)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /** Writes maps, lists, strings and numbers. */
  public static void write(Path file, Object value) {
    try {
      Json.mapper().writeValue(file.toFile(), value);
    } catch (JacksonException e) {
      throw new DatasetException(
          "%s: cannot be written: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Returns the names of puzzle identifiers, by identifier. */
  public static List<String> identifiers(Path file) {
    JsonNode root = read(file);
    if (!root.isArray()) {
      throw new DatasetException("%s: expected a list of names".formatted(file));
    }
    List<String> names = new ArrayList<>(root.size());
    for (JsonNode name : root) {
      @Nullable String text = name.isString() ? name.stringValue() : null;
      if (text == null) {
        throw new DatasetException(
            "%s: entry %s is %s, expected a name".formatted(file, names.size(), name));
      }
      names.add(text);
    }
    return names;
  }
}
