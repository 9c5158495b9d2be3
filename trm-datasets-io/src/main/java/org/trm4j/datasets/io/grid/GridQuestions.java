package org.trm4j.datasets.io.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.trm4j.datasets.grid.GridDomain;
import org.trm4j.datasets.io.text.JsonRows;
import org.trm4j.datasets.io.text.LineParser;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.io.text.Questions;

/**
 * The questions of a text for solving: the column or field of questions; a puzzle a line, where the
 * lines have as many cells as a puzzle or slashes; or grids over several lines, with an empty line
 * between two.
 */
final class GridQuestions implements LineParser {
  private final GridDomain domain;
  private final List<String> grid = new ArrayList<>();
  private long gridLine;

  private GridQuestions(GridDomain domain) {
    this.domain = domain;
  }

  static SortedMap<Long, String> of(Path file, GridDomain domain) {
    String between = domain.alphabet().single() ? "" : " ";
    return Questions.of(
        new PuzzleTextFile(file, () -> new GridQuestions(domain)),
        text -> text.replace(String.valueOf(JsonRows.CELL), between).replaceFirst("\n$", ""));
  }

  @Override
  public void line(long number, String line, PuzzleTextFile.Rows rows) {
    if (line.isBlank() && !spaceIsACell()) {
      flush(rows);
    } else if (line.isEmpty()) {
      flush(rows);
    } else if (grid.isEmpty() && whole(line)) {
      rows.row(new PuzzleRow(number, line, "", ""));
    } else {
      gridLine = grid.isEmpty() ? number : gridLine;
      grid.add(line);
      if (grid.size() == domain.frame().rows()) {
        flush(rows);
      }
    }
  }

  private boolean spaceIsACell() {
    return domain.alphabet().symbols().contains(" ");
  }

  private boolean whole(String line) {
    if (line.contains("/") && !domain.alphabet().symbols().contains("/")) {
      return true;
    }
    int cells =
        domain.alphabet().single()
            ? (int)
                line.codePoints().filter(c -> spaceIsACell() || !Character.isWhitespace(c)).count()
            : line.strip().split("[\\s,]+").length;
    return domain.frame().rows() == 1 || cells == domain.frame().cells();
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
