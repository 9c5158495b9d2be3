package org.trm4j.datasets.sudoku;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.SplitBySymmetry;

/**
 * Makes puzzles with exactly one solution: a random full grid, cells emptied in random order as
 * long as the solution stays unique, down to a number of givens drawn between two bounds.
 *
 * <p>Which split a puzzle belongs to follows from its symmetry class ({@link SudokuSymmetry}), so
 * that no test puzzle equals a training puzzle under any symmetry.
 */
final class SudokuGenerator {
  private final SudokuShape shape;
  private final int minGivens;
  private final int maxGivens;
  private final SplittableRandom random;

  SudokuGenerator(SudokuShape shape, int minGivens, int maxGivens, long seed) {
    this.shape = shape;
    this.minGivens = minGivens;
    this.maxGivens = maxGivens;
    this.random = new SplittableRandom(seed);
  }

  SplitBySymmetry.Splits generate(int train, int test) {
    String name =
        "sudoku of size %d with %d to %d givens".formatted(shape.size(), minGivens, maxGivens);
    return new SplitBySymmetry(name, new SudokuSymmetry(shape)).fill(train, test, this::next);
  }

  private Example next() {
    int[] blank = new int[shape.cells()];
    Arrays.fill(blank, SudokuShape.BLANK);
    SudokuSolver filler = new SudokuSolver(shape, blank, random);
    filler.count(1);
    int[] solution = Objects.requireNonNull(filler.solution());
    int[] puzzle = solution.clone();
    int givens = shape.cells();
    int target = random.nextInt(minGivens, maxGivens + 1);
    for (int cell : SudokuAugmentation.permutation(shape.cells(), random)) {
      if (givens == target) {
        break;
      }
      puzzle[cell] = SudokuShape.BLANK;
      if (new SudokuSolver(shape, puzzle, null).count(2) == 1) {
        givens--;
      } else {
        puzzle[cell] = solution[cell];
      }
    }
    return new Example(puzzle, solution, 0);
  }
}
