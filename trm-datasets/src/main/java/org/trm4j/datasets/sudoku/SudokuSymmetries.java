package org.trm4j.datasets.sudoku;

import java.util.random.RandomGenerator;
import org.trm4j.dataset.spi.Symmetry;

/**
 * The published symmetries: a permutation of the digits, of the bands and the rows in each, of the
 * stacks and the columns in each, and, where boxes are square, an exchange of rows and columns.
 */
final class SudokuSymmetries implements Symmetry.Family {
  private final SudokuShape shape;

  SudokuSymmetries(SudokuShape shape) {
    this.shape = shape;
  }

  @Override
  public Symmetry draw(int[] question, RandomGenerator random) {
    int size = shape.size();
    int[] digits = new int[shape.vocabSize()];
    digits[SudokuShape.BLANK] = SudokuShape.BLANK;
    int[] order = permutation(size, random);
    for (int d = 0; d < size; d++) {
      digits[d + 2] = order[d] + 2;
    }
    int[] rows = lines(size / shape.boxRows(), shape.boxRows(), random);
    int[] columns = lines(size / shape.boxColumns(), shape.boxColumns(), random);
    boolean transpose = shape.transposable() && random.nextBoolean();
    int[] cells = new int[shape.cells()];
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        cells[r * size + c] = transpose ? columns[c] * size + rows[r] : rows[r] * size + columns[c];
      }
    }
    return Symmetry.of(cells, digits);
  }

  /** Returns an order of lines that keeps the lines of a group together. */
  private static int[] lines(int groups, int groupSize, RandomGenerator random) {
    int[] result = new int[groups * groupSize];
    int[] groupOrder = permutation(groups, random);
    for (int g = 0; g < groups; g++) {
      int[] inside = permutation(groupSize, random);
      for (int i = 0; i < groupSize; i++) {
        result[g * groupSize + i] = groupOrder[g] * groupSize + inside[i];
      }
    }
    return result;
  }

  static int[] permutation(int n, RandomGenerator random) {
    int[] result = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      result[i] = result[j];
      result[j] = i;
    }
    return result;
  }
}
