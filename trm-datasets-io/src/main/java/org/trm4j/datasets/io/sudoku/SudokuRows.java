package org.trm4j.datasets.io.sudoku;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.sudoku.SudokuCodec;
import org.trm4j.datasets.sudoku.SudokuShape;
import org.trm4j.datasets.sudoku.SudokuSolver;
import org.trm4j.datasets.sudoku.SudokuVerifier;

/**
 * Makes Sudokus of rows, all of the size of the first. An answer that is not given is computed; a
 * puzzle must have exactly one.
 */
final class SudokuRows implements PuzzleLoader.Parser {
  private @Nullable SudokuShape shape;

  SudokuRows() {}

  /** Returns whether the file looks like one of Sudokus; CSV of another puzzle does not. */
  static boolean accepts(Path file) {
    PuzzleTextFile text = new PuzzleTextFile(file);
    PuzzleRow first = text.first();
    if (text.csv()) {
      return first == null || !first.question().matches(".*[#S].*");
    }
    return first != null
        && first.question().matches("[0-9A-Ga-g._]{16}|[0-9A-Ga-g._]{36,}")
        && (first.answer().isEmpty() || first.answer().matches("[0-9A-Ga-g._]+"));
  }

  /** Returns the size of the puzzles; there must have been one. */
  SudokuShape shape() {
    return Objects.requireNonNull(shape);
  }

  @Override
  public Example parse(PuzzleRow row) {
    SudokuShape known = shape == null ? SudokuShape.ofCells(row.question().length()) : shape;
    SudokuCodec codec = new SudokuCodec(known);
    int[] tokens = codec.encode(row.question());
    int[] solution = row.answer().isEmpty() ? solve(known, tokens) : codec.parse(row.answer());
    Verification verification = new SudokuVerifier(known).verify(tokens, solution);
    if (!verification.correct()) {
      throw new DatasetException("the answer is wrong: " + verification.detail());
    }
    shape = known;
    return new Example(tokens, solution, 0);
  }

  private static int[] solve(SudokuShape shape, int[] tokens) {
    SudokuSolver solver = new SudokuSolver(shape, tokens, null);
    int count = solver.count(2);
    if (count != 1) {
      throw new DatasetException(
          count == 0 ? "the puzzle has no solution" : "the puzzle has several solutions");
    }
    return Objects.requireNonNull(solver.solution());
  }
}
