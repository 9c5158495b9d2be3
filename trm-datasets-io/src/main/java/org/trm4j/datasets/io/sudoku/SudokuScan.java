package org.trm4j.datasets.io.sudoku;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.sudoku.SudokuCodec;
import org.trm4j.datasets.sudoku.SudokuShape;
import org.trm4j.datasets.sudoku.SudokuSolutions;
import org.trm4j.datasets.sudoku.SudokuVerifier;

/**
 * A first reading of all files, where symbols (16x16) or boxes (6x6) can mean two things. The
 * findings are noted; if there is none, an error names the line and both readings.
 */
final class SudokuScan {
  private static final int LOOKED_AT = 1000;

  private final FieldNames names;
  private final List<String> notes = new ArrayList<>();
  private boolean dot;
  private boolean digits;
  private char highest;
  private boolean largest;
  private int size;
  private @Nullable String zeroAnswer;
  private @Nullable String zero;
  private @Nullable String letter;
  private int answers;
  private int wide;
  private int tall;
  private int rows;

  private SudokuScan(FieldNames names) {
    this.names = names;
  }

  /** Returns what is known about the files. */
  static SudokuReading of(Collection<Path> files, String symbols, String boxes, FieldNames names) {
    int cells = 0;
    for (Path file : files) {
      PuzzleRow first = new PuzzleTextFile(file, SudokuLines::new, names).first();
      cells = cells == 0 && first != null ? SudokuRows.cells(first.question()).length() : cells;
    }
    SudokuScan scan = new SudokuScan(names);
    SudokuAlphabet alphabet =
        symbols.isEmpty() ? SudokuAlphabet.ONE_TO_G : SudokuAlphabet.of(symbols);
    if (symbols.isEmpty() && cells > 0) {
      scan.size = (int) Math.round(Math.sqrt(cells));
      files.forEach(scan::symbols);
      alphabet = cells == 256 ? scan.alphabet() : scan.digitsFromZero();
    }
    SudokuShape shape = boxes.isEmpty() ? null : SudokuShape.ofBoxes(boxes);
    if (cells == 36 && boxes.isEmpty()) {
      files.forEach(scan::boxes);
      shape = scan.shape();
    }
    return new SudokuReading(alphabet, shape, scan.notes);
  }

  private void symbols(Path file) {
    new PuzzleTextFile(file, SudokuLines::new, names)
        .forEach(
            new Lenient() {
              @Override
              public void row(PuzzleRow row) {
                String question = SudokuRows.cells(row.question());
                if (question.length() != size * size) {
                  // No puzzle: the second reading says so, by its cells and not by its symbols.
                  return;
                }
                String answer = SudokuRows.cells(row.answer());
                String cells = question + answer;
                if (answer.indexOf('0') >= 0 && zeroAnswer == null) {
                  zeroAnswer = "%s: line %s".formatted(file, row.line());
                }
                for (int i = 0; i < cells.length(); i++) {
                  char cell = Character.toUpperCase(cells.charAt(i));
                  String place = "%s: line %s".formatted(file, row.line());
                  dot |= cell == '.' || cell == '_' || cell == '*' || cell == '-';
                  digits |= cell >= '1' && cell <= '9';
                  largest |= size <= 9 && cell == '0' + size;
                  zero = cell == '0' && zero == null ? place : zero;
                  if (cell >= 'A' && cell <= 'Z') {
                    letter = cell > 'G' && letter == null ? place : letter;
                    highest = (char) Math.max(highest, cell);
                  }
                }
              }
            });
  }

  /**
   * Up to 9x9: 0 is an open cell, unless answers hold it and nobody the largest digit. Beside other
   * open cells it can be both where the largest digit is nowhere.
   */
  private SudokuAlphabet digitsFromZero() {
    if (zeroAnswer != null && !largest) {
      notes.add("symbols: 0 to %s are the digits, as answers hold 0".formatted(size - 1));
      return SudokuAlphabet.ZERO_TO_F;
    }
    if (zeroAnswer != null) {
      throw new DatasetException(
          "%s: the answer holds 0, which is an open cell beside the digits 1 to %s"
              .formatted(zeroAnswer, size));
    }
    if (zero != null && dot && !largest && size <= 9) {
      throw new DatasetException(
          "%s: 0 can be a digit (0 to %s) or an open cell beside '.' (1 to %s); write ?symbols=0-F or ?symbols=1-G"
              .formatted(zero, size - 1, size));
    }
    return SudokuAlphabet.ONE_TO_G;
  }

  private SudokuAlphabet alphabet() {
    if (highest > 'P' || highest > 'G' && digits) {
      throw new DatasetException(
          "%s: holds the letter %c%s, expected 1 to 9 and A to G, 0 to 9 and A to F, or A to P"
              .formatted(letter, highest, digits ? " beside digits" : ""));
    }
    if (highest > 0 && !digits) {
      notes.add("symbols: A to P are the sixteen digits; other symbols are open cells");
      return SudokuAlphabet.A_TO_P;
    }
    if (zero != null && dot && highest < 'G') {
      throw new DatasetException(
          "%s: 0 can be a digit (0 to F) or an open cell beside '.' (1 to G); write ?symbols=0-F or ?symbols=1-G"
              .formatted(zero));
    }
    notes.add(
        "symbols: 1 to 9 and A to G are digits%s"
            .formatted(zero == null ? "" : "; 0 is an open cell"));
    return SudokuAlphabet.ONE_TO_G;
  }

  private void boxes(Path file) {
    new PuzzleTextFile(file, SudokuLines::new, names)
        .forEach(
            new Lenient() {
              @Override
              public void row(PuzzleRow row) {
                if (rows < LOOKED_AT) {
                  rows++;
                  String answer = SudokuRows.cells(row.answer());
                  answers += answer.isEmpty() ? 0 : 1;
                  wide += fits(SudokuShape.ofBoxes("2x3"), row, answer) ? 1 : 0;
                  tall += fits(SudokuShape.ofBoxes("3x2"), row, answer) ? 1 : 0;
                }
              }
            });
  }

  private static boolean fits(SudokuShape shape, PuzzleRow row, String answer) {
    try {
      SudokuCodec codec = new SudokuCodec(shape);
      int[] tokens = codec.encode(SudokuRows.cells(row.question()));
      return answer.isEmpty()
          ? new SudokuSolutions(shape).count(tokens, 2, SudokuSolutions.BOUND) == 1
          : new SudokuVerifier(shape).verify(tokens, codec.parse(answer)).correct();
    } catch (DatasetException e) {
      return false;
    }
  }

  private SudokuShape shape() {
    String seen = answers > 0 ? "given answers" : "puzzles";
    if (tall > wide) {
      notes.add(
          "boxes: 3 rows x 2 columns, which %s of %s %s fit; 2x3 fits %s"
              .formatted(tall, rows, seen, wide));
      return SudokuShape.ofBoxes("3x2");
    }
    notes.add(
        wide > tall
            ? "boxes: 2 rows x 3 columns, which %s of %s %s fit; 3x2 fits %s"
                .formatted(wide, rows, seen, tall)
            : "boxes: 2 rows x 3 columns is assumed; 3 rows x 2 columns fits as well: write ?boxes=3x2 where that is meant");
    return SudokuShape.ofBoxes("2x3");
  }

  /** Bad lines are reported by the second reading. */
  private abstract static class Lenient implements PuzzleTextFile.Rows {
    @Override
    public void bad(long line, String reason) {}
  }
}
