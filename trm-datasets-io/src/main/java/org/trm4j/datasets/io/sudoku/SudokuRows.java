package org.trm4j.datasets.io.sudoku;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.JsonRows;
import org.trm4j.datasets.io.text.Plain;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.sudoku.SudokuCodec;
import org.trm4j.datasets.sudoku.SudokuDomain;
import org.trm4j.datasets.sudoku.SudokuShape;
import org.trm4j.datasets.sudoku.SudokuSolutions;
import org.trm4j.datasets.sudoku.SudokuVerifier;

/**
 * Makes Sudokus of rows, all of the size of the first. An answer that is not given is computed; a
 * puzzle must have exactly one.
 */
final class SudokuRows implements PuzzleReading {
  private final SudokuReading reading;
  private final FieldNames names;
  private @Nullable SudokuShape shape;
  private @Nullable SudokuSolutions solutions;

  SudokuRows(SudokuReading reading, FieldNames names) {
    this.reading = reading;
    this.names = names;
  }

  /** Returns whether the first puzzle of a file is a Sudoku that its givens allow. */
  static boolean accepts(Path file) {
    PuzzleRow first = new PuzzleTextFile(file, SudokuLines::new).first();
    String cells = first == null ? "" : cells(first.question());
    if (first == null || !cells.matches("[0-9A-Pa-p._*-]{16,}") || cells.matches("[Ss*._-]*")) {
      return false;
    }
    try {
      if (cells.length() != 256 && cells.length() != 36) {
        new SudokuCodec(SudokuShape.ofCells(cells.length()))
            .encode(SudokuAlphabet.ONE_TO_G.canonical(cells));
      }
      return true;
    } catch (DatasetException e) {
      // Not of a size, or givens that contradict each other; CSV that says puzzle is still taken,
      // so that the error names the line.
      return !cells.matches("[0-4._*-]*");
    }
  }

  /** Returns the cells of a text without white space, separators and borders. */
  static String cells(String text) {
    String drawn = text.indexOf('\n') >= 0 && text.indexOf(JsonRows.CELL) < 0 ? drawn(text) : null;
    if (drawn != null) {
      return drawn;
    }
    String one = Plain.of(text).replaceFirst("\n$", "").replace(JsonRows.CELL, ',');
    if (one.indexOf(',') >= 0 && one.indexOf('\n') >= 0) {
      one = one.replace('\n', ',');
    }
    if (one.indexOf(';') >= 0 || one.indexOf(',') >= 0) {
      StringBuilder joined = new StringBuilder();
      for (String cell : one.split("[;,]", -1)) {
        joined.append(cell.isBlank() ? "." : SudokuLines.letter(cell.strip()));
      }
      return joined.toString();
    }
    if (one.length() == 81 || one.length() == 36 || one.length() == 16 || one.length() == 256) {
      return one.replace(' ', '.');
    }
    return one.replaceAll("[\\s|]", "");
  }

  /**
   * Returns the cells of a grid over several lines as a file of it has them; null if it is none.
   */
  private static @Nullable String drawn(String text) {
    List<String> found = new ArrayList<>();
    PuzzleTextFile.Rows rows =
        new PuzzleTextFile.Rows() {
          @Override
          public void row(PuzzleRow row) {
            found.add(row.question());
          }

          @Override
          public void bad(long line, String reason) {
            found.add("");
          }
        };
    SudokuLines lines = new SudokuLines();
    text.lines().forEach(line -> lines.line(0, line, rows));
    lines.end(rows);
    return found.size() == 1 && !found.getFirst().isEmpty() ? found.getFirst() : null;
  }

  @Override
  public PuzzleTextFile open(Path file, String split) {
    return new PuzzleTextFile(file, SudokuLines::new, names);
  }

  @Override
  public String question(String written) {
    return reading.alphabet().canonical(cells(written));
  }

  @Override
  public String forms() {
    return "a Sudoku a line, such as 1.3..4.22.4..3.1, the same over several lines, or CSV: question,answer in the first line and 1.3..4.22.4..3.1,1234341221434321 in the next";
  }

  @Override
  public boolean readable(PuzzleRow row) {
    try {
      String question = question(row.question());
      new SudokuCodec(SudokuShape.ofCells(question.length())).parse(question);
      return true;
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public PuzzleDomain domain() {
    return new SudokuDomain(Objects.requireNonNull(shape));
  }

  @Override
  public List<String> notes() {
    return reading.notes();
  }

  @Override
  public Example parse(PuzzleRow row) {
    String question = question(row.question());
    SudokuShape known =
        shape != null
            ? shape
            : reading.shape() != null ? reading.shape() : SudokuShape.ofCells(question.length());
    SudokuCodec codec = new SudokuCodec(known);
    int[] tokens = encode(codec, known, question);
    int[] solution;
    if (row.answer().isBlank()) {
      solution = solve(known, tokens);
    } else {
      solution = codec.parse(reading.alphabet().canonical(cells(row.answer())));
      Verification verification = new SudokuVerifier(known).verify(tokens, solution);
      if (!verification.correct()) {
        throw new DatasetException("the answer is wrong: " + verification.detail() + boxes(known));
      }
    }
    shape = known;
    return new Example(tokens, solution, 0);
  }

  private static int[] encode(SudokuCodec codec, SudokuShape shape, String question) {
    try {
      return codec.encode(question);
    } catch (DatasetException e) {
      throw new DatasetException(e.getMessage() + boxes(shape), e);
    }
  }

  /** Where boxes can be of two shapes, an error says which was taken. */
  private static String boxes(SudokuShape shape) {
    return shape.transposable()
        ? ""
        : " (boxes of %s rows x %s columns)".formatted(shape.boxRows(), shape.boxColumns());
  }

  private int[] solve(SudokuShape known, int[] tokens) {
    SudokuSolutions solver = solutions == null ? new SudokuSolutions(known) : solutions;
    solutions = solver;
    return switch (solver.count(tokens, 2, SudokuSolutions.BOUND)) {
      case 0 -> throw new DatasetException("the puzzle has no solution");
      case 1 -> solver.first();
      case SudokuSolutions.UNKNOWN ->
          throw new DatasetException(
              String.format(
                  Locale.ROOT,
                  "no answer is given, and none was found within %,d trials",
                  SudokuSolutions.BOUND));
      default -> throw new DatasetException("the puzzle has several solutions");
    };
  }
}
