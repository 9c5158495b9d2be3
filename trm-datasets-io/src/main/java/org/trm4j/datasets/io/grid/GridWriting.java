package org.trm4j.datasets.io.grid;

import java.util.List;
import org.trm4j.datasets.io.text.JsonRows;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/** A first reading, which finds how cells and rows are written. */
final class GridWriting implements PuzzleTextFile.Rows {
  private final Cells whole = new Cells();
  private final Cells split = new Cells();
  private boolean slashed = true;
  private boolean severalLines;
  private int seen;

  /** How the cells of a row stand apart. */
  private static final class Cells {
    private boolean separable = true;
    private boolean everySecond = true;
    private boolean longCells;
    private boolean plain;

    private void look(List<String> lines) {
      int cells = 0;
      for (String line : lines) {
        if (line.indexOf(JsonRows.CELL) >= 0) {
          continue;
        }
        plain = true;
        List<String> parts = GridText.separate(line);
        cells = cells == 0 ? parts.size() : cells;
        separable &= parts.size() > 1 && parts.size() == cells;
        longCells |= parts.stream().anyMatch(part -> part.length() > 1);
        for (int i = 1; i < line.length(); i += 2) {
          everySecond &= " ,;\t".indexOf(line.charAt(i)) >= 0;
        }
      }
    }

    /**
     * 1 2 3 is three cells. Where the parts are longer, they are cells if all rows have as many:
     * rows of a drawn maze do not.
     */
    private boolean separated() {
      return plain && separable && (everySecond || longCells);
    }
  }

  @Override
  public void row(PuzzleRow row) {
    look(row.question());
    if (!row.answer().isBlank()) {
      look(row.answer());
    }
  }

  @Override
  public void bad(long line, String reason) {
    // The last reading reports it.
  }

  private void look(String text) {
    List<String> lines = GridText.lines(text, false);
    boolean several = lines.size() > 1 || text.endsWith("\n");
    severalLines |= several;
    if (!several && !lines.isEmpty()) {
      seen++;
      slashed &= lines.getFirst().indexOf('/') > 0;
    }
    whole.look(lines);
    split.look(GridText.lines(text, true));
  }

  /** Returns how the grids are written. */
  GridText text() {
    boolean slashes = seen > 0 && slashed;
    return new GridText((slashes ? split : whole).separated(), slashes);
  }

  /** Returns whether rows are told apart, so that a single line is a single row. */
  boolean rowsApart() {
    return severalLines || seen > 0 && slashed;
  }
}
