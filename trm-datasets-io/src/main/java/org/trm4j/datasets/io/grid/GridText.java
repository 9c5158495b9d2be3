package org.trm4j.datasets.io.grid;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.text.JsonRows;

/**
 * How the grids of a data set are written; one way for all of its files.
 *
 * @param separated whether cells stand apart by spaces or commas, instead of a character each
 * @param slashes whether rows of one line stand apart by {@code /}
 */
record GridText(boolean separated, boolean slashes) {

  /** Returns the rows of a grid as they are written. */
  static List<String> lines(String text, boolean slashes) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    while (!lines.isEmpty() && lines.getFirst().isEmpty()) {
      lines.removeFirst();
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return slashes && lines.size() == 1 ? List.of(lines.getFirst().split("/", -1)) : lines;
  }

  /** Returns the cells of a row as they are written, where a JSON list or separators say them. */
  static List<String> separate(String line) {
    return line.indexOf(JsonRows.CELL) >= 0
        ? List.of(line.split(String.valueOf(JsonRows.CELL), -1))
        : List.of(line.strip().split("[\\s,;]+"));
  }

  /** Returns the cells of a grid, row by row; throws if its rows differ in width. */
  List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines(text, slashes)) {
      rows.add(
          separated || line.indexOf(JsonRows.CELL) >= 0
              ? separate(line)
              : line.codePoints().mapToObj(Character::toString).toList());
      if (rows.getLast().size() != rows.getFirst().size()) {
        throw new DatasetException(
            "row %s has %s cells, expected %s as in row 1"
                .formatted(rows.size(), rows.getLast().size(), rows.getFirst().size()));
      }
    }
    if (rows.isEmpty() || rows.getFirst().isEmpty()) {
      throw new DatasetException("a grid without cells");
    }
    return rows;
  }
}
