package org.trm4j.datasets.io.maze;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.datasets.io.text.LineParser;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/**
 * Understands lines of mazes: grids over several lines, with an empty line between two of them, or
 * a maze a line. A line that begins with # is a comment only where it holds what no maze has. Rows
 * stay apart by line ends, so that their width is known.
 */
final class MazeLines implements LineParser {
  private final List<String> grid = new ArrayList<>();
  private long gridLine;

  @Override
  public void line(long number, String line, PuzzleTextFile.Rows rows) {
    if (line.isEmpty()) {
      flush(rows);
    } else if (!line.matches("[-# ./SGEABXo*+|0-4\u2588]*")) {
      if (!line.startsWith("#")) {
        rows.bad(
            number,
            "'%s' is no row of a maze, expected # for walls, space for open, S and G"
                .formatted(line.length() > 40 ? line.substring(0, 40) + "..." : line));
      }
    } else {
      if (grid.size() == 1 && single(grid.getFirst()) && single(line)) {
        // Two lines with a start and a goal each: each is a maze. One alone can be a first row.
        flush(rows);
      }
      gridLine = grid.isEmpty() ? number : gridLine;
      grid.add(line);
    }
  }

  /** A line with a start and a goal is a whole maze where its cells make a square. */
  private static boolean single(String line) {
    int side = (int) Math.round(Math.sqrt(line.length()));
    return side > 1
        && side * side == line.length()
        && line.chars().filter(c -> c == 'S' || c == 'A').count() == 1
        && line.chars().filter(c -> c == 'G' || c == 'E' || c == 'B').count() == 1;
  }

  private void flush(PuzzleTextFile.Rows rows) {
    if (!grid.isEmpty()) {
      rows.row(new PuzzleRow(gridLine, String.join("\n", grid), "", ""));
      grid.clear();
    }
  }

  @Override
  public void end(PuzzleTextFile.Rows rows) {
    flush(rows);
  }
}
