package org.trm4j.datasets.sudoku;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.SplitBySymmetry;

/**
 * Makes puzzles with exactly one solution: a random full grid, cells emptied in random order as
 * long as the solution stays unique, down to a number of givens drawn between two bounds.
 *
 * <p>Which split a puzzle belongs to follows from its symmetry class ({@link SudokuSymmetryKey}),
 * so that no test puzzle equals a training puzzle under any symmetry.
 */
final class SudokuGenerator {
  private static final int MAX_TRIES = 100_000;

  private final SudokuShape shape;
  private final Limits limits;
  private final SplittableRandom random;
  private final SudokuSearch search;
  private final @Nullable SudokuVicinity vicinity;

  /**
   * What is generated.
   *
   * @param minGivens fewest cells given
   * @param maxGivens most cells given
   * @param minRating lowest difficulty, {@link SudokuSolver#guesses}
   * @param maxRating highest difficulty
   * @param minResistance lowest {@link SudokuResistance}; 0 for puzzles drawn at random
   */
  record Limits(int minGivens, int maxGivens, int minRating, int maxRating, int minResistance) {}

  SudokuGenerator(SudokuShape shape, int minGivens, int maxGivens, long seed) {
    this(shape, new Limits(minGivens, maxGivens, Integer.MIN_VALUE, Integer.MAX_VALUE, 0), seed);
  }

  SudokuGenerator(SudokuShape shape, Limits limits, long seed) {
    this.shape = shape;
    this.limits = limits;
    this.random = new SplittableRandom(seed);
    this.search = new SudokuSearch(shape);
    this.vicinity =
        limits.minResistance() > 0
            ? new SudokuVicinity(shape, limits.minResistance(), this::draw, random)
            : null;
  }

  SplitBySymmetry.Splits generate(int train, int test) {
    return split(shape, limits).fill(train, test, this::next);
  }

  /** Returns the generator of endless training puzzles, each from a seed. */
  static EndlessDataset.Generator endless(SudokuShape shape, Limits limits) {
    SplitBySymmetry split = split(shape, limits);
    return seed -> split.training(new SudokuGenerator(shape, limits, seed)::next);
  }

  private static SplitBySymmetry split(SudokuShape shape, Limits limits) {
    String name =
        "sudoku of size %s with %s to %s givens"
            .formatted(shape.size(), limits.minGivens(), limits.maxGivens());
    return new SplitBySymmetry(name, new SudokuSymmetryKey(shape));
  }

  /** Returns the difficulty of a puzzle: how often the solver has to guess. */
  static int rating(SudokuShape shape, int[] tokens) {
    SudokuSolver solver = new SudokuSolver(shape, tokens, null);
    solver.count(2);
    return solver.guesses();
  }

  private Example next() {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Example puzzle = vicinity == null ? draw() : vicinity.next();
      if (limits.minRating() == Integer.MIN_VALUE && limits.maxRating() == Integer.MAX_VALUE) {
        return puzzle;
      }
      int rating = rating(shape, puzzle.tokens());
      if (rating >= limits.minRating() && rating <= limits.maxRating()) {
        return puzzle;
      }
    }
    throw new DatasetException(
        "sudoku: none of %s puzzles of size %s with %s to %s givens has a rating of %s to %s guesses; ask for another rating or other givens"
            .formatted(
                MAX_TRIES,
                shape.size(),
                limits.minGivens(),
                limits.maxGivens(),
                limits.minRating(),
                limits.maxRating()));
  }

  private Example draw() {
    int[] blank = new int[shape.cells()];
    Arrays.fill(blank, SudokuShape.BLANK);
    SudokuSolver filler = new SudokuSolver(shape, blank, random);
    filler.count(1);
    int[] solution = Objects.requireNonNull(filler.solution());
    int[] puzzle = solution.clone();
    int target = random.nextInt(limits.minGivens(), limits.maxGivens() + 1);
    search.thin(puzzle, solution, target, random);
    return new Example(puzzle, solution, 0);
  }
}
