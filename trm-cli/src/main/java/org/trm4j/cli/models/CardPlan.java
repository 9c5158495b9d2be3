package org.trm4j.cli.models;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.trm4j.checkpoint.CheckpointException;

/**
 * What is measured of a model, from {@code card.properties} of its module.
 *
 * @param results generated puzzles whose solved number is recorded, by id; {@code verify} among
 *     them
 * @param resultAttempts attempts at each of those puzzles
 * @param tables puzzles of the card's table, the data by title, in the order of their keys
 * @param attempts numbers of attempts of the table
 * @param untrained puzzles of each row that the untrained network tries as often; 0 for none
 */
record CardPlan(
    Map<String, String> results,
    int resultAttempts,
    Map<String, String> tables,
    List<Integer> attempts,
    int untrained) {
  static final String FILE = "card.properties";

  /** The result that every build counts again. */
  static final String VERIFY = "verify";

  private static final String NUMBER = "[0-9]{1,6}";
  private static final String ATTEMPTS = "[1-9][0-9]{0,5}";
  private static final String NUMBERS = ATTEMPTS + "(," + ATTEMPTS + ")*";

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
    Map<String, Map.Entry<String, String>> rows = new TreeMap<>();
    int resultAttempts = 1;
    List<Integer> attempts = List.of(1, 4, 16);
    int untrained = 10;
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key);
      String[] parts = value.split(" \\| ", -1);
      if (key.startsWith("result.")) {
        results.put(key.substring("result.".length()), value);
      } else if (key.startsWith("table.") && parts.length == 2) {
        rows.put(key, Map.entry(parts[0].strip(), parts[1].strip()));
      } else if (key.equals("attempts") && value.matches(NUMBERS)) {
        attempts = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
      } else if (key.equals("results.attempts") && value.matches(ATTEMPTS)) {
        resultAttempts = Integer.parseInt(value);
      } else if (key.equals("untrained") && value.matches(NUMBER)) {
        untrained = Integer.parseInt(value);
      } else {
        throw new CheckpointException(
            "%s: %s=%s, expected result.ID=DATA, results.attempts=K, table.N=TITLE | DATA, attempts=K,... or untrained=N"
                .formatted(file, key, value));
      }
    }
    if (!results.containsKey(VERIFY)) {
      throw new CheckpointException("%s: result.%s is missing".formatted(file, VERIFY));
    }
    Map<String, String> tables = new LinkedHashMap<>();
    rows.values().forEach(row -> tables.put(row.getKey(), row.getValue()));
    return new CardPlan(results, resultAttempts, tables, attempts, untrained);
  }
}
