package org.trm4j.datasets.io.maze;

import java.util.List;
import java.util.stream.Collectors;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A maze as people write it, in the symbols of the codec: start S or A or 2, goal G or E or B or 3,
 * walls # or 1 or drawn with {@code +--+} and {@code |}, open cells space or dot or 0.
 *
 * @param written the lines as they were
 * @param cells row by row, of {@code #}, space, {@code S} and {@code G}
 * @param rows lines; 0 where there was one only, whose width is not known
 * @param symbols what was written for wall, open, start and goal
 */
record MazeText(String written, String cells, int rows, String symbols) {
  private static final String CODEC = "# SG";

  static MazeText of(String question) {
    List<String> lines = question.lines().filter(line -> !line.isEmpty()).toList();
    String all = String.join("", lines);
    if (all.contains("+-")) {
      lines = lines.stream().map(MazeText::collapse).toList();
      all = String.join("", lines);
    }
    int rows = lines.size() > 1 ? lines.size() : 0;
    for (String line : lines) {
      if (line.length() != lines.getFirst().length()) {
        throw new DatasetException(
            "maze: a row of %d cells and one of %d, expected rows of one width"
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

  /** Two characters inside a drawn cell are one cell of the maze, and each wall is one. */
  private static String collapse(String line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i += 3) {
      out.append("+-|".indexOf(line.charAt(i)) >= 0 ? '#' : line.charAt(i));
      if (i + 1 < line.length()) {
        String cell = line.substring(i + 1, Math.min(i + 3, line.length())).strip();
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

  void refuseUnlessSquare() {
    if (rows == 0) {
      refuseWalledRectangle();
      return;
    }
    int columns = rows == 0 ? 0 : cells.length() / rows;
    if (rows != columns) {
      throw new DatasetException(
          "maze: %d rows of %d cells, expected as many rows as columns".formatted(rows, columns));
    }
  }

  /** Cells without line ends are read as a square, unless walls say that they are none. */
  private void refuseWalledRectangle() {
    int count = cells.length();
    int side = (int) Math.round(Math.sqrt(count));
    for (int high = 3; high <= count / 3; high++) {
      if (count % high == 0
          && high != side
          && walled(high, count / high)
          && !(side * side == count && walled(side, side))) {
        throw new DatasetException(
            "maze: %d cells are walled all around as %d rows of %d, not as %d rows of %d; expected a square"
                .formatted(count, high, count / high, side, side));
      }
    }
  }

  private boolean walled(int high, int wide) {
    for (int i = 0; i < cells.length(); i++) {
      int row = i / wide;
      int column = i % wide;
      boolean edge = row == 0 || row == high - 1 || column == 0 || column == wide - 1;
      if (edge && cells.charAt(i) != '#') {
        return false;
      }
    }
    return true;
  }

  /** Returns an answer in the symbols of the codec; what is marked on open cells is the path. */
  String answer(String answer) {
    String all = answer.lines().collect(Collectors.joining());
    String question = written.lines().collect(Collectors.joining());
    if (all.length() != question.length() || all.length() != cells.length()) {
      throw new DatasetException(
          "the answer has %d characters, expected %d as the question has"
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
