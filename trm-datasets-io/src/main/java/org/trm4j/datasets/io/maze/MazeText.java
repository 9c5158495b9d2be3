package org.trm4j.datasets.io.maze;

import java.util.List;
import java.util.stream.Collectors;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.text.JsonRows;
import org.trm4j.datasets.maze.MazeShape;

/**
 * A maze in the usual notations, converted to the codec's symbols: start S or A or 2, goal G or E
 * or B or 3, walls # or 1 or drawn with {@code +--+} and {@code |}, open cells space or dot or 0.
 *
 * @param written the lines as they were
 * @param cells row by row, of {@code #}, space, {@code S} and {@code G}
 * @param rows lines; 0 if there was one only, whose width is not known
 * @param symbols what was written for wall, open, start and goal
 */
record MazeText(String written, String cells, int rows, String symbols) {
  private static final String CODEC = "# SG";

  static MazeText of(String text) {
    String question = plain(text);
    List<String> lines = question.lines().filter(line -> !line.isEmpty()).toList();
    String all = String.join("", lines);
    if (all.contains("+-")) {
      int step = step(lines);
      lines = lines.stream().map(line -> collapse(line, step)).toList();
      all = String.join("", lines);
    }
    int rows = lines.size() > 1 ? lines.size() : 0;
    for (String line : lines) {
      if (line.length() != lines.getFirst().length()) {
        throw new DatasetException(
            "maze: a row of %s cells and one of %s, expected rows of one width"
                .formatted(lines.getFirst().length(), line.length()));
      }
    }
    String symbols = symbols(all);
    StringBuilder cells = new StringBuilder(all.length());
    for (int i = 0; i < all.length(); i++) {
      char cell = all.charAt(i) == '.' && symbols.charAt(1) == ' ' ? ' ' : all.charAt(i);
      int place = symbols.indexOf(cell);
      cells.append(place < 0 ? cell : CODEC.charAt(place));
    }
    return new MazeText(question, cells.toString(), rows, symbols);
  }

  /** Returns the lines of a maze; rows may stand apart by / and cells may be those of a list. */
  private static String plain(String text) {
    String rows =
        text.replace('\u2588', '#')
            .replace(String.valueOf(JsonRows.CELL), "")
            .replaceFirst("\n$", "");
    return rows.indexOf('\n') < 0 ? rows.replace('/', '\n') : rows;
  }

  /** Returns from one corner of a drawn cell to the next, such as 4 for {@code +---+}. */
  private static int step(List<String> lines) {
    for (String line : lines) {
      int corner = line.indexOf("+-");
      int next = corner < 0 ? -1 : line.indexOf('+', corner + 1);
      if (next > corner + 1) {
        return next - corner;
      }
    }
    return 3;
  }

  /** The characters inside a drawn cell are one cell of the maze, and each wall is one. */
  private static String collapse(String line, int step) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i += step) {
      out.append("+-|".indexOf(line.charAt(i)) >= 0 ? '#' : line.charAt(i));
      if (i + 1 < line.length()) {
        String cell = line.substring(i + 1, Math.min(i + step, line.length())).strip();
        out.append(cell.isEmpty() ? ' ' : cell.charAt(0) == '-' ? '#' : cell.charAt(0));
      }
    }
    return out.toString();
  }

  private static String symbols(String all) {
    if (all.matches("[0-4]+")) {
      return "1023";
    }
    boolean start = all.indexOf('S') >= 0;
    if (!start && all.indexOf('A') >= 0 && all.indexOf('B') >= 0) {
      return "# AB";
    }
    return all.indexOf('G') < 0 && all.indexOf('E') >= 0 ? "# SE" : "# SG";
  }

  /** Returns whether there is one start and one goal. */
  boolean hasEnds() {
    return cells.chars().filter(cell -> cell == 'S').count() == 1
        && cells.chars().filter(cell -> cell == 'G').count() == 1;
  }

  /** Returns whether walls stand all around in a shape. */
  boolean walled(MazeShape shape) {
    if (cells.length() != shape.cells()) {
      return false;
    }
    for (int i = 0; i < cells.length(); i++) {
      int row = i / shape.columns();
      int column = i % shape.columns();
      boolean edge =
          row == 0 || row == shape.rows() - 1 || column == 0 || column == shape.columns() - 1;
      if (edge && cells.charAt(i) != '#') {
        return false;
      }
    }
    return true;
  }

  /** Returns the cells with the line ends that were written, for the codec. */
  String lines() {
    if (rows == 0) {
      return cells;
    }
    int columns = cells.length() / rows;
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      out.append(row > 0 ? "\n" : "").append(cells, row * columns, (row + 1) * columns);
    }
    return out.toString();
  }

  /** Returns an answer in the symbols of the codec; what is marked on open cells is the path. */
  String answer(String answer) {
    String all = plain(answer).lines().collect(Collectors.joining());
    String question = written.lines().collect(Collectors.joining());
    if (all.length() != question.length() || all.length() != cells.length()) {
      throw new DatasetException(
          "the answer has %s characters, expected %s as the question has"
              .formatted(all.length(), cells.length()));
    }
    StringBuilder out = new StringBuilder(all.length());
    for (int i = 0; i < all.length(); i++) {
      char cell = all.charAt(i);
      int place = symbols.indexOf(cell);
      boolean path = cells.charAt(i) == ' ' && cell != question.charAt(i);
      out.append(
          path && "oOxX.*+4".indexOf(cell) >= 0
              ? 'o'
              : place >= 0
                  ? CODEC.charAt(place)
                  : cell == question.charAt(i) ? cells.charAt(i) : '?');
    }
    return out.toString();
  }
}
