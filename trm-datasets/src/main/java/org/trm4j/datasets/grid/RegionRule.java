package org.trm4j.datasets.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition that holds in each of some regions. */
final class RegionRule implements GridRule {
  private final Regions regions;
  private final Condition condition;
  private final GridAlphabet alphabet;

  RegionRule(Regions regions, Condition condition, GridAlphabet alphabet) {
    this.regions = regions;
    this.condition = condition;
    this.alphabet = alphabet;
  }

  /**
   * A region.
   *
   * @param name for messages
   * @param cells row x columns + column
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one check
  record Region(String name, int[] cells) {}

  /** Divides a grid. */
  interface Regions {
    List<Region> of(int rows, int columns);
  }

  /** What holds in a region. */
  interface Condition {
    /** Returns what is wrong, or null. */
    @Nullable String breach(int[] tokens, GridAlphabet alphabet);

    /** Returns what is wrong with givens whatever the answer, or null. */
    default @Nullable String contradiction(int[] tokens, boolean[] open, GridAlphabet alphabet) {
      return null;
    }
  }

  static final Regions ROWS =
      (rows, columns) -> {
        List<Region> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
          int[] cells = new int[columns];
          for (int i = 0; i < columns; i++) {
            cells[i] = row * columns + i;
          }
          all.add(new Region("row " + (row + 1), cells));
        }
        return all;
      };

  static final Regions COLUMNS =
      (rows, columns) -> {
        List<Region> all = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          int[] cells = new int[rows];
          for (int i = 0; i < rows; i++) {
            cells[i] = i * columns + column;
          }
          all.add(new Region("column " + (column + 1), cells));
        }
        return all;
      };

  static final Regions DIAGONALS =
      (rows, columns) -> {
        int length = Math.min(rows, columns);
        int[] down = new int[length];
        int[] up = new int[length];
        for (int i = 0; i < length; i++) {
          down[i] = i * columns + i;
          up[i] = i * columns + columns - 1 - i;
        }
        return List.of(
            new Region("the diagonal from the upper left", down),
            new Region("the diagonal from the upper right", up));
      };

  static final Regions GRID =
      (rows, columns) -> {
        int[] cells = new int[rows * columns];
        Arrays.setAll(cells, i -> i);
        return List.of(new Region("the grid", cells));
      };

  /** Boxes at the lower and right edge are smaller where the sizes do not divide. */
  static Regions boxes(int high, int wide) {
    return (rows, columns) -> {
      List<Region> all = new ArrayList<>();
      for (int top = 0; top < rows; top += high) {
        for (int left = 0; left < columns; left += wide) {
          List<Integer> cells = new ArrayList<>();
          for (int row = top; row < Math.min(rows, top + high); row++) {
            for (int column = left; column < Math.min(columns, left + wide); column++) {
              cells.add(row * columns + column);
            }
          }
          all.add(
              new Region(
                  "box " + (all.size() + 1), cells.stream().mapToInt(Integer::intValue).toArray()));
        }
      }
      return all;
    };
  }

  static Condition allDifferent(boolean[] counted) {
    return new Condition() {
      @Override
      public @Nullable String breach(int[] tokens, GridAlphabet alphabet) {
        return contradiction(tokens, new boolean[counted.length], alphabet);
      }

      @Override
      public @Nullable String contradiction(int[] tokens, boolean[] open, GridAlphabet alphabet) {
        boolean[] seen = new boolean[counted.length];
        for (int token : tokens) {
          if (token > 0 && token < counted.length && counted[token] && !open[token]) {
            if (seen[token]) {
              return "holds %s twice".formatted(alphabet.symbol(token));
            }
            seen[token] = true;
          }
        }
        return null;
      }
    };
  }

  static Condition sum(int from, int to) {
    return (tokens, alphabet) -> {
      long sum = 0;
      for (int token : tokens) {
        sum += Math.max(0, alphabet.value(token));
      }
      return sum >= from && sum <= to
          ? null
          : "sums to %s, expected %s".formatted(sum, new GridRuleParser.Range(from, to, false));
    };
  }

  static Condition count(boolean[] counted, String symbols, int from, int to) {
    return (tokens, alphabet) -> {
      int count = 0;
      for (int token : tokens) {
        count += token > 0 && token < counted.length && counted[token] ? 1 : 0;
      }
      return count >= from && count <= to
          ? null
          : "holds %s of %s, expected %s"
              .formatted(count, symbols, new GridRuleParser.Range(from, to, false));
    };
  }

  @Override
  public @Nullable String breach(GridFrame.Board answer) {
    for (Region region : regions.of(answer.rows, answer.columns)) {
      String breach = condition.breach(tokens(region, answer), alphabet);
      if (breach != null) {
        return region.name() + " " + breach;
      }
    }
    return null;
  }

  @Override
  public @Nullable String contradiction(GridFrame.Board question, boolean[] open) {
    for (Region region : regions.of(question.rows, question.columns)) {
      String fault = condition.contradiction(tokens(region, question), open, alphabet);
      if (fault != null) {
        return region.name() + " " + fault;
      }
    }
    return null;
  }

  private static int[] tokens(Region region, GridFrame.Board board) {
    int[] tokens = new int[region.cells().length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = board.cells[region.cells()[i]];
    }
    return tokens;
  }
}
