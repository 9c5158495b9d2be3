package org.trm4j.datasets.sudoku;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;

/**
 * Finds puzzles of a high {@link SudokuResistance}, which drawing at random hardly ever does, near
 * others: a population of minimal puzzles changes by single givens, and a change that costs
 * resistance is seldom kept (simulated annealing). Each neighbour that resists enough is a puzzle,
 * until a line has given so many that a new one begins: a network that trained on the descendants
 * of a few puzzles learned those.
 */
final class SudokuVicinity {
  private static final int POPULATION = 8;
  private static final int TRIES = 3_000_000;

  /** Puzzles of one line. */
  private static final int MOST_OF_A_LINE = 30;

  private static final double TEMPERATURE = 5;

  private final SudokuShape shape;
  private final int least;
  private final Supplier<Example> start;
  private final RandomGenerator random;
  private final SudokuSearch search;
  private final SudokuResistance resistance;
  private final Example[] population = new Example[POPULATION];
  private final int[] strength = new int[POPULATION];
  private final int[] given = new int[POPULATION];

  /**
   * Prepares a search.
   *
   * @param least resistance of the puzzles
   * @param start draws a puzzle to begin with
   */
  SudokuVicinity(SudokuShape shape, int least, Supplier<Example> start, RandomGenerator random) {
    this.shape = shape;
    this.least = least;
    this.start = start;
    this.random = random;
    this.search = new SudokuSearch(shape);
    this.resistance = new SudokuResistance(shape);
  }

  /** Returns a puzzle that resists enough. */
  Example next() {
    if (population[0] == null) {
      for (int place = 0; place < POPULATION; place++) {
        begin(place);
      }
    }
    for (int tries = 1; tries <= TRIES; tries++) {
      int place = random.nextInt(POPULATION);
      Example found = neighbour(population[place]);
      double enough = strength[place] + TEMPERATURE * Math.log(1 - random.nextDouble());
      int strong = resistance.of(found.tokens(), Math.min(enough, least));
      boolean other = !Arrays.equals(found.tokens(), population[place].tokens());
      if (strong >= enough) {
        population[place] = found;
        strength[place] = strong;
      }
      if (other && strong >= least) {
        if (++given[place] == MOST_OF_A_LINE) {
          begin(place);
        }
        return found;
      }
    }
    throw new DatasetException(
        "sudoku: none of %s puzzles of size %s has a resistance of %s or more, which minResistance asks for"
            .formatted(TRIES, shape.size(), least));
  }

  private void begin(int place) {
    population[place] = start.get();
    strength[place] = resistance.of(population[place].tokens());
    given[place] = 0;
  }

  /**
   * Takes one or two givens away, mostly one; gives others until one solution is left, four times
   * in five the same one; and takes away what is not needed.
   */
  private Example neighbour(Example from) {
    int kind = random.nextInt(5);
    int[] puzzle = from.tokens().clone();
    int away = kind == 1 ? 2 : 1;
    for (int cell : SudokuSymmetries.permutation(puzzle.length, random)) {
      if (away > 0 && puzzle[cell] > SudokuShape.BLANK) {
        puzzle[cell] = SudokuShape.BLANK;
        away--;
      }
    }
    int[] solution = kind == 0 ? solution(puzzle) : from.labels();
    for (int[] other = search.other(puzzle, solution);
        other != null;
        other = search.other(puzzle, solution)) {
      int cell = random.nextInt(puzzle.length);
      while (other[cell] == solution[cell]) {
        cell = random.nextInt(puzzle.length);
      }
      puzzle[cell] = solution[cell];
    }
    search.thin(puzzle, solution, 0, random);
    return new Example(puzzle, solution, 0);
  }

  private int[] solution(int[] puzzle) {
    SudokuSolver solver = new SudokuSolver(shape, puzzle, random);
    solver.count(1);
    return Objects.requireNonNull(solver.solution());
  }
}
