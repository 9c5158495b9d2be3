package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import tools.jackson.databind.JsonNode;

/** Makes tasks of JSON; errors name the task and the place in it. */
final class ArcJson {
  private ArcJson() {}

  /**
   * Returns a task.
   *
   * @param solutions the outputs of the test pairs; null where they stand in the task
   * @param needed whether a test pair without output is an error; else it gets a single black cell,
   *     as published
   */
  static ArcTask task(String name, JsonNode node, @Nullable JsonNode solutions, boolean needed) {
    if (!node.isObject() || !node.path("train").isArray() || !node.path("test").isArray()) {
      throw new DatasetException(
          "task %s: expected an object with the lists train and test".formatted(name));
    }
    JsonNode test = node.get("test");
    if (solutions != null && solutions.size() != test.size()) {
      throw new DatasetException(
          "task %s: %d solutions, expected %d".formatted(name, solutions.size(), test.size()));
    }
    List<ArcPair> train = new ArrayList<>();
    for (JsonNode pair : node.get("train")) {
      String place = "task %s, train pair %d".formatted(name, train.size() + 1);
      train.add(
          new ArcPair(
              grid(pair.path("input"), place + ", input"),
              grid(pair.path("output"), place + ", output")));
    }
    List<ArcPair> tests = new ArrayList<>();
    for (JsonNode pair : test) {
      String place = "task %s, test pair %d".formatted(name, tests.size() + 1);
      JsonNode output = solutions == null ? pair.path("output") : solutions.get(tests.size());
      if (output.isMissingNode() && needed) {
        throw new DatasetException(
            "%s: has no output, and there are no solutions".formatted(place));
      }
      tests.add(
          new ArcPair(
              grid(pair.path("input"), place + ", input"),
              output.isMissingNode() ? ArcPair.UNKNOWN : grid(output, place + ", output")));
    }
    if (train.isEmpty() || tests.isEmpty()) {
      throw new DatasetException(
          "task %s: %d train and %d test pairs, expected at least one of each"
              .formatted(name, train.size(), tests.size()));
    }
    boolean testFirst = node.propertyNames().iterator().next().equals("test");
    return new ArcTask(name, train, tests, testFirst);
  }

  /** Returns a grid. */
  static ArcGrid grid(JsonNode node, String place) {
    int rows = node.size();
    if (!node.isArray() || rows == 0 || rows > ArcGrid.LARGEST) {
      throw new DatasetException(
          "%s: %s, expected a list of 1 to %d rows"
              .formatted(place, node.isArray() ? rows + " rows" : "no list", ArcGrid.LARGEST));
    }
    int columns = node.get(0).size();
    if (columns == 0 || columns > ArcGrid.LARGEST) {
      throw new DatasetException(
          "%s: %d columns, expected 1 to %d".formatted(place, columns, ArcGrid.LARGEST));
    }
    byte[] cells = new byte[rows * columns];
    for (int r = 0; r < rows; r++) {
      JsonNode row = node.get(r);
      if (!row.isArray() || row.size() != columns) {
        throw new DatasetException(
            "%s: row %d has %d cells, expected %d".formatted(place, r + 1, row.size(), columns));
      }
      for (int c = 0; c < columns; c++) {
        JsonNode cell = row.get(c);
        if (!cell.isInt() || cell.intValue() < 0 || cell.intValue() > 9) {
          throw new DatasetException(
              "%s: row %d column %d is %s, expected a colour from 0 to 9"
                  .formatted(place, r + 1, c + 1, cell));
        }
        cells[r * columns + c] = (byte) cell.intValue();
      }
    }
    return new ArcGrid(rows, columns, cells);
  }
}
