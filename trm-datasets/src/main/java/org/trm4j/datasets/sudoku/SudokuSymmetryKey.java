package org.trm4j.datasets.sudoku;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trm4j.dataset.spi.Symmetry;

/**
 * A key that puzzles share whenever a symmetry turns one into the other. For sizes 4 and 6 it is
 * the smallest form over all symmetries, so that only such puzzles share it; for larger sizes it is
 * an invariant that others may share too, and {@link #same} searches for the symmetry.
 */
final class SudokuSymmetryKey implements Symmetry.Key {
  private final SudokuShape shape;
  private final List<int[]> rows;
  private final List<int[]> columns;

  SudokuSymmetryKey(SudokuShape shape) {
    this.shape = shape;
    boolean exact = shape.size() <= 6;
    this.rows = exact ? lineOrders(shape.size(), shape.boxRows()) : List.of();
    this.columns = exact ? lineOrders(shape.size(), shape.boxColumns()) : List.of();
  }

  @Override
  public String key(int[] tokens) {
    return rows.isEmpty() ? invariant(tokens) : smallest(tokens);
  }

  @Override
  public boolean same(int[] one, int[] other) {
    return key(one).equals(key(other))
        && (!rows.isEmpty() || new SudokuEquivalence(shape, one, other).found());
  }

  private String smallest(int[] tokens) {
    byte[] best = new byte[tokens.length];
    Arrays.fill(best, Byte.MAX_VALUE);
    byte[] form = new byte[tokens.length];
    for (int[] row : rows) {
      for (int[] column : columns) {
        keepSmaller(tokens, row, column, false, form, best);
        if (shape.transposable()) {
          keepSmaller(tokens, row, column, true, form, best);
        }
      }
    }
    return Arrays.toString(best);
  }

  /**
   * Digits are renamed in the order in which they appear. Gives up at the first cell that is larger
   * than the best's.
   */
  private void keepSmaller(
      int[] tokens, int[] row, int[] column, boolean transpose, byte[] form, byte[] best) {
    byte[] names = new byte[shape.vocabSize()];
    byte next = 1;
    boolean smaller = false;
    int size = shape.size();
    for (int i = 0; i < form.length; i++) {
      int r = row[i / size];
      int c = column[i % size];
      int token = tokens[transpose ? c * size + r : r * size + c];
      byte name = 0;
      if (token > SudokuShape.BLANK) {
        if (names[token] == 0) {
          names[token] = next++;
        }
        name = names[token];
      }
      form[i] = name;
      if (!smaller && name > best[i]) {
        return;
      }
      smaller |= name < best[i];
    }
    if (smaller) {
      System.arraycopy(form, 0, best, 0, form.length);
    }
  }

  /**
   * How many givens each given's units and digit have, rows and columns unordered, as a sorted
   * list.
   */
  private String invariant(int[] tokens) {
    int[] inRow = new int[shape.size()];
    int[] inColumn = new int[shape.size()];
    int[] inBox = new int[shape.size()];
    int[] ofDigit = new int[shape.vocabSize()];
    for (int cell = 0; cell < tokens.length; cell++) {
      if (tokens[cell] > SudokuShape.BLANK) {
        inRow[shape.row(cell)]++;
        inColumn[shape.column(cell)]++;
        inBox[shape.box(cell)]++;
        ofDigit[tokens[cell]]++;
      }
    }
    List<String> givens = new ArrayList<>();
    for (int cell = 0; cell < tokens.length; cell++) {
      if (tokens[cell] > SudokuShape.BLANK) {
        int r = inRow[shape.row(cell)];
        int c = inColumn[shape.column(cell)];
        givens.add(
            Math.min(r, c)
                + "/"
                + Math.max(r, c)
                + "/"
                + inBox[shape.box(cell)]
                + "/"
                + ofDigit[tokens[cell]]);
      }
    }
    givens.sort(null);
    return givens.toString();
  }

  /** Returns all orders of lines that keep the lines of a group together. */
  private static List<int[]> lineOrders(int size, int groupSize) {
    List<int[]> inside = permutations(groupSize);
    List<int[]> result = new ArrayList<>();
    for (int[] groups : permutations(size / groupSize)) {
      extend(new int[size], 0, groups, groupSize, inside, result);
    }
    return result;
  }

  private static void extend(
      int[] order, int group, int[] groups, int groupSize, List<int[]> inside, List<int[]> result) {
    if (group == groups.length) {
      result.add(order.clone());
      return;
    }
    for (int[] lines : inside) {
      for (int i = 0; i < groupSize; i++) {
        order[group * groupSize + i] = groups[group] * groupSize + lines[i];
      }
      extend(order, group + 1, groups, groupSize, inside, result);
    }
  }

  private static List<int[]> permutations(int n) {
    if (n == 0) {
      return List.of(new int[0]);
    }
    List<int[]> result = new ArrayList<>();
    for (int[] shorter : permutations(n - 1)) {
      for (int at = 0; at < n; at++) {
        int[] longer = new int[n];
        System.arraycopy(shorter, 0, longer, 0, at);
        longer[at] = n - 1;
        System.arraycopy(shorter, at, longer, at + 1, n - 1 - at);
        result.add(longer);
      }
    }
    return result;
  }
}
