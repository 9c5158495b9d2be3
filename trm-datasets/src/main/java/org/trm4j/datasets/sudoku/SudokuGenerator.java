package org.trm4j.datasets.sudoku;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;

/**
 * Makes puzzles with exactly one solution: a random full grid, cells emptied in random order as
 * long as the solution stays unique, down to a number of givens drawn between two bounds.
 *
 * <p>Which split a puzzle belongs to follows from its symmetry class ({@link SudokuSymmetry}), so
 * that no test puzzle equals a training puzzle under any symmetry.
 */
final class SudokuGenerator {
  /** Of 8 classes this many are test. */
  private static final int TEST_OF_8 = 2;

  private static final int MAX_TRIES_IN_A_ROW = 20_000;

  private final SudokuShape shape;
  private final int minGivens;
  private final int maxGivens;
  private final SplittableRandom random;
  private final SudokuSymmetry symmetry;

  SudokuGenerator(SudokuShape shape, int minGivens, int maxGivens, long seed) {
    this.shape = shape;
    this.minGivens = minGivens;
    this.maxGivens = maxGivens;
    this.random = new SplittableRandom(seed);
    this.symmetry = new SudokuSymmetry(shape);
  }

  /**
   * Generated puzzles.
   *
   * @param train of the training split
   * @param test of the test split
   */
  record Splits(List<Example> train, List<Example> test) {}

  Splits generate(int train, int test) {
    Splits splits = new Splits(new ArrayList<>(train), new ArrayList<>(test));
    Set<String> seen = new HashSet<>();
    int tries = 0;
    while (splits.train.size() < train || splits.test.size() < test) {
      Example puzzle = next();
      boolean isTest = Math.floorMod(mix(symmetry.key(puzzle.tokens())), 8) < TEST_OF_8;
      List<Example> target = isTest ? splits.test : splits.train;
      if (target.size() < (isTest ? test : train) && seen.add(Arrays.toString(puzzle.tokens()))) {
        target.add(puzzle);
        tries = 0;
      } else if (++tries > MAX_TRIES_IN_A_ROW) {
        throw new DatasetException(
            "sudoku: found %d of %d training and %d of %d test puzzles of size %d with %d to %d givens; ask for fewer"
                .formatted(
                    splits.train.size(),
                    train,
                    splits.test.size(),
                    test,
                    shape.size(),
                    minGivens,
                    maxGivens));
      }
    }
    return splits;
  }

  private static int mix(String key) {
    int h = key.hashCode() * 0x9E3779B9;
    return h ^ h >>> 15;
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
