package org.trm4j.datasets.sudoku;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.Example;

class SudokuSearchTest {

  /** A puzzle has one solution exactly when no open cell can hold another digit. */
  @ParameterizedTest
  @CsvSource({"4, 2, 8", "6, 6, 16", "9, 20, 40", "16, 170, 190"})
  void agreesWithThePlainSolver(int size, int min, int max) {
    SudokuShape shape = SudokuShape.of(size);
    SudokuSearch search = new SudokuSearch(shape);
    SplittableRandom random = new SplittableRandom(size);
    int several = 0;
    for (int i = 0; i < 30; i++) {
      Example whole = new SudokuGenerator(shape, min, max, i).generate(1, 0).train().getFirst();
      int[] puzzle = whole.tokens().clone();
      for (int more = random.nextInt(3); more > 0; more--) {
        puzzle[random.nextInt(puzzle.length)] = SudokuShape.BLANK;
      }
      boolean other = false;
      for (int cell = 0; cell < puzzle.length; cell++) {
        if (puzzle[cell] == SudokuShape.BLANK) {
          other |= search.solvableWithout(puzzle, cell, whole.labels()[cell]);
        }
      }
      boolean unique = new SudokuSolver(shape, puzzle, null).count(2) == 1;
      assertThat(other).as("puzzle %s", i).isEqualTo(!unique);
      int[] found = search.other(puzzle, whole.labels());
      assertThat(found == null).as("puzzle %s", i).isEqualTo(unique);
      if (found != null) {
        assertThat(found).isNotEqualTo(whole.labels());
        assertThat(search.count(found, 2, Long.MAX_VALUE)).isEqualTo(1);
        for (int cell = 0; cell < puzzle.length; cell++) {
          assertThat(puzzle[cell]).isIn(SudokuShape.BLANK, found[cell]);
        }
      }
      several += unique ? 0 : 1;
    }
    assertThat(several).as("puzzles with several solutions").isBetween(1, 29);
  }
}
