package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcGrid;

/**
 * The outcome of the votes for one test grid.
 *
 * @param place of the right grid in the ranking, from 0; -1 if no prediction has it
 * @param attempts the best candidates, the best first; empty if there are no votes
 */
record ArcOutcome(int place, List<ArcGrid> attempts) {
  static ArcOutcome of(List<ArcGrid> ranking, ArcGrid right, int attempts) {
    return new ArcOutcome(
        ranking.indexOf(right), ranking.subList(0, Math.min(attempts, ranking.size())));
  }

  /**
   * Returns it as text, such as {@code 0=2x2:1234,1x3:111}: place, then grids as rows x columns and
   * colours.
   */
  String text() {
    List<String> grids = attempts.stream().map(ArcOutcome::text).toList();
    return place + "=" + String.join(",", grids);
  }

  private static String text(ArcGrid grid) {
    StringBuilder text = new StringBuilder(grid.rows() + "x" + grid.columns() + ":");
    for (byte cell : grid.cells()) {
      text.append((char) ('0' + cell));
    }
    return text.toString();
  }

  /** Reads what {@link #text} returned. */
  static ArcOutcome parse(String text) {
    int equals = text.indexOf('=');
    try {
      List<ArcGrid> grids = new ArrayList<>();
      if (equals + 1 < text.length()) {
        for (String grid : text.substring(equals + 1).split(",", -1)) {
          grids.add(grid(grid));
        }
      }
      return new ArcOutcome(Integer.parseInt(text.substring(0, equals)), List.copyOf(grids));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new DatasetException(
          "arc: outcome '%s', expected place=grid,grid with grids such as 1x2:34".formatted(text),
          e);
    }
  }

  private static ArcGrid grid(String text) {
    int by = text.indexOf('x');
    int colon = text.indexOf(':');
    int rows = Integer.parseInt(text.substring(0, by));
    int columns = Integer.parseInt(text.substring(by + 1, colon));
    byte[] cells = new byte[rows * columns];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = (byte) (text.charAt(colon + 1 + cell) - '0');
    }
    return new ArcGrid(rows, columns, cells);
  }
}
