package org.trm4j.datasets.io.sudoku;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trm4j.datasets.io.text.LineParser;
import org.trm4j.datasets.io.text.Plain;
import org.trm4j.datasets.io.text.PuzzLink;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/**
 * Understands lines of Sudokus: a puzzle a line with its answer or rating, HoDoKu's library lines,
 * and grids over several lines with spaces, commas or borders. A row is given on with one character
 * a cell; numbers from 10 become letters.
 */
final class SudokuLines implements LineParser {
  private static final Pattern HODOKU = Pattern.compile(":[^:]*:[^:]*:([^:]*):.*");
  private static final Pattern TITLE =
      Pattern.compile("(?i)(grid|puzzle|sudoku|game|no\\.?)\\s*#?\\s*\\d*\\s*(\\(.*\\))?\\s*:?");
  private static final Pattern BORDER = Pattern.compile("[-+=|\\s]*[-+=]{2}[-+=|\\s]*");
  private static final Pattern MARKED = Pattern.compile("[0-9.+]*[0-9.][0-9.+]*");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z_\"' ]+([,;\t:][A-Za-z_\"' ]*)+");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,2}|[._*-]");
  private static final Pattern HASHED =
      Pattern.compile("[0-9a-f]{12}\\s+([0-9.]{81})(?:\\s+([0-9.]+))?");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"(?:[,;\t]\"[^\"]*\")+");
  private static final Pattern BARRED = Pattern.compile("\\|.*\\|");
  private static final Pattern DASHES = Pattern.compile("-[-|\\s]*|\\|[-|\\s]*-[-|\\s]*");

  private static final int LONGEST_RATING = 8;

  private final SudokuGrid grid = new SudokuGrid();
  private boolean skipsSection;

  @Override
  public void line(long number, String written, PuzzleTextFile.Rows rows) {
    String text = Plain.of(written);
    if (QUOTED.matcher(text).matches()) {
      text = text.replace("\"", "");
    }
    String line = text.strip();
    Matcher hodoku = HODOKU.matcher(line);
    Matcher hashed = HASHED.matcher(line);
    List<String> tabbed = List.of(text.split("\t", -1));
    if (rowWidth(tabbed.size()) && tabbed.stream().allMatch(SudokuLines::isCell)) {
      // As a spreadsheet copies cells: open ones are empty.
      gridRow(number, joined(tabbed), rows);
    } else if (line.isEmpty()) {
      flush(rows);
    } else if (line.startsWith("[") && line.endsWith("]")) {
      flush(rows);
      skipsSection = !line.equalsIgnoreCase("[Puzzle]");
    } else if (DASHES.matcher(line).matches() && rowWidth(dashes(line))) {
      grid.addDashes(number, dashes(line));
      flushComplete(rows);
    } else if (table(line) instanceof List<String> cells) {
      gridRow(number, joined(cells), rows);
    } else if (skipsSection
        || line.startsWith("#")
        || TITLE.matcher(line).matches()
        || BORDER.matcher(line).matches()) {
      return;
    } else if (PuzzLink.sudoku(line) instanceof String cells) {
      row(new PuzzleRow(number, cells, "", ""), rows);
    } else if (hashed.matches()) {
      row(
          new PuzzleRow(
              number, hashed.group(1), "", Objects.requireNonNullElse(hashed.group(2), "")),
          rows);
    } else if (hodoku.matches()) {
      row(new PuzzleRow(number, hodoku.group(1).replace("+", ""), "", ""), rows);
    } else {
      int comment = line.indexOf(" #");
      String cells = comment < 0 ? line : line.substring(0, comment).strip();
      data(number, MARKED.matcher(cells).matches() ? cells.replace("+", "") : cells, rows);
    }
  }

  /**
   * Returns the cells of a row of a table, each between bars, or null: between the bars of a grid
   * of boxes stand several cells.
   */
  private static @Nullable List<String> table(String line) {
    if (!BARRED.matcher(line).matches()) {
      return null;
    }
    List<String> cells = List.of(line.substring(1, line.length() - 1).split("\\|", -1));
    int widest = cells.size() == 4 ? 3 : 5;
    return rowWidth(cells.size())
            && cells.stream().allMatch(cell -> cell.length() <= widest && isCell(cell))
        ? cells
        : null;
  }

  private void data(long number, String line, PuzzleTextFile.Rows rows) {
    if (number == 1 && HEADER.matcher(line).matches() && !line.matches("[A-Pa-p]+")) {
      rows.bad(
          number,
          "'%s' is no puzzle, and no header that names a question (question, puzzle, quiz) and its answer (answer, solution); other names are given by ?question=NAME,answer=NAME"
              .formatted(line));
      return;
    }
    List<String> fields = fields(line);
    String cells = cells(fields);
    if (cells != null && rowWidth(cells.length()) && !whole(cells)) {
      gridRow(number, cells, rows);
    } else if (cells != null) {
      row(new PuzzleRow(number, cells, "", ""), rows);
    } else if (fields.size() == 2) {
      boolean answer = fields.get(1).length() > LONGEST_RATING;
      row(
          new PuzzleRow(
              number, fields.get(0), answer ? fields.get(1) : "", answer ? "" : fields.get(1)),
          rows);
    } else if (fields.size() == 3 && fields.get(2).length() <= LONGEST_RATING) {
      row(new PuzzleRow(number, fields.get(0), fields.get(1), fields.get(2)), rows);
    } else {
      rows.bad(
          number,
          "%s fields, expected a question and perhaps its answer or rating, a row of a grid, or CSV with a header such as question,answer"
              .formatted(fields.size()));
    }
  }

  private void gridRow(long number, String cells, PuzzleTextFile.Rows rows) {
    if (!grid.isEmpty() && cells.length() != grid.width()) {
      rows.bad(
          number,
          "%s cells, expected %s as in line %s"
              .formatted(cells.length(), grid.width(), grid.line()));
      grid.clear();
      return;
    }
    grid.add(number, cells);
    flushComplete(rows);
  }

  private void flushComplete(PuzzleTextFile.Rows rows) {
    if (grid.complete()) {
      flush(rows);
    }
  }

  private static int dashes(String line) {
    return (int) line.chars().filter(c -> c == '-').count();
  }

  /** Sixteen cells are a 4x4 puzzle where they can be, and else a row of a 16x16 grid. */
  private boolean whole(String cells) {
    return cells.length() == 16 && grid.isEmpty() && cells.matches("[0-4._*-]*");
  }

  private static boolean rowWidth(int cells) {
    return cells == 4 || cells == 6 || cells == 9 || cells == 16;
  }

  private static List<String> fields(String line) {
    String text =
        line.replace("|", line.matches(".*[0-9A-Pa-p._*-]\\s+[0-9A-Pa-p._*-].*") ? " " : "");
    for (String separator : new String[] {",", ";", ":"}) {
      if (text.contains(separator)) {
        return List.of(text.replace(" ", "").split(separator, -1));
      }
    }
    return List.of(text.strip().split("\\s+"));
  }

  /** Returns the fields as cells where each is a cell, or together they are a row, else null. */
  private static @Nullable String cells(List<String> fields) {
    if (fields.size() > 3 && fields.stream().allMatch(SudokuLines::isCell)) {
      return joined(fields);
    }
    int longest = fields.stream().mapToInt(String::length).max().orElse(0);
    String joined = String.join("", fields);
    boolean row =
        rowWidth(joined.length())
            || joined.length() == 36
            || joined.length() == 81
            || joined.length() == 256;
    return fields.size() == 1 || longest <= 4 && row ? joined : null;
  }

  private static boolean isCell(String field) {
    return field.isBlank() || NUMBER.matcher(field.strip()).matches();
  }

  private static String joined(List<String> fields) {
    StringBuilder cells = new StringBuilder();
    for (String field : fields) {
      String cell = field.strip();
      cells.append(cell.isEmpty() ? "." : cell.length() == 1 ? cell : letter(cell));
    }
    return cells.toString();
  }

  /** Numbers from 10 to 16 become letters; other cells stay as they are. */
  static String letter(String number) {
    if (!number.matches("\\d{2}")) {
      // Programs write -1 for what is not known.
      return number.equals("-1") ? "." : number;
    }
    int value = Integer.parseInt(number);
    return value < 10
        ? String.valueOf(value)
        : value <= 16 ? String.valueOf((char) ('A' + value - 10)) : "?";
  }

  private static void row(PuzzleRow row, PuzzleTextFile.Rows rows) {
    rows.row(row);
  }

  private void flush(PuzzleTextFile.Rows rows) {
    String cells = grid.take();
    if (cells != null && grid.size() > 0) {
      row(new PuzzleRow(grid.line(), cells, "", ""), rows);
    } else if (!grid.isEmpty()) {
      rows.bad(grid.line(), "a grid of %s rows, expected %s".formatted(grid.size(), grid.width()));
    }
    grid.clear();
  }

  @Override
  public void end(PuzzleTextFile.Rows rows) {
    flush(rows);
  }
}
