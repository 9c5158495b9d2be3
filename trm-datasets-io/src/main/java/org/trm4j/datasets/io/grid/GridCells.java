package org.trm4j.datasets.io.grid;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.Options;

/**
 * Makes rows of cells of what is written; a grid in one line gets the shape of the options, or is a
 * square.
 */
final class GridCells {
  private final GridText text;
  private final boolean rowsApart;
  private final int rows;
  private final int columns;
  private boolean assumed;
  private boolean reshaped;

  GridCells(GridWriting writing, Options options) {
    this.text = writing.text();
    this.rowsApart = writing.rowsApart();
    this.rows = options.has("rows") ? (int) options.integer("rows", 1, 1 << 16) : 0;
    this.columns = options.has("columns") ? (int) options.integer("columns", 1, 1 << 16) : 0;
  }

  List<List<String>> rows(String written) {
    List<List<String>> read = text.rows(written);
    if (rowsApart || read.size() > 1) {
      return read;
    }
    List<String> line = read.getFirst();
    int count = line.size();
    int wide = columns > 0 ? columns : rows > 0 && count % rows == 0 ? count / rows : side(count);
    if (wide == 0 || count % wide != 0 || rows > 0 && count / wide > rows) {
      throw new DatasetException(
          "%s cells in one line: how many rows and columns? write ?rows=R,columns=C, or separate the rows by / or line ends"
              .formatted(count));
    }
    assumed |= rows == 0 && columns == 0;
    reshaped = true;
    List<List<String>> grid = new ArrayList<>();
    for (int at = 0; at < count; at += wide) {
      grid.add(line.subList(at, at + wide));
    }
    return grid;
  }

  private static int side(int count) {
    int side = (int) Math.round(Math.sqrt(count));
    return side * side == count ? side : 0;
  }

  GridText text() {
    return text;
  }

  /** Returns how the shape is known, to be put after it. */
  String why() {
    return assumed
        ? ", a square being assumed of cells in one line; rows=, columns= say otherwise"
        : reshaped ? ", as the options say" : ", by rows that stand apart";
  }
}
