package org.trm4j.cli.models;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.trm4j.checkpoint.CheckpointException;

/**
 * What is measured of a model, from {@code card.properties} of its module.
 *
 * @param results generated puzzles whose solved number is recorded, by id; {@code verify} among
 *     them
 * @param tables puzzles of the card's table, by title in the order of their keys
 */
record CardPlan(Map<String, String> results, Map<String, String> tables) {
  static final String FILE = "card.properties";

  /** The result that every build counts again. */
  static final String VERIFY = "verify";

  static CardPlan read(Path module) throws IOException {
    Path file = module.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          file
              + ": no such file; it lists what is measured: result.verify=DATA, table.1=TITLE | DATA");
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> results = new TreeMap<>();
    Map<String, String> tables = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key);
      if (key.startsWith("result.")) {
        results.put(key.substring("result.".length()), value);
      } else if (key.startsWith("table.") && value.split(" \\| ", -1).length == 2) {
        tables.put(key, value);
      } else {
        throw new CheckpointException(
            "%s: %s=%s, expected result.ID=DATA or table.N=TITLE | DATA"
                .formatted(file, key, value));
      }
    }
    if (!results.containsKey(VERIFY)) {
      throw new CheckpointException("%s: result.%s is missing".formatted(file, VERIFY));
    }
    return new CardPlan(results, tables);
  }
}
