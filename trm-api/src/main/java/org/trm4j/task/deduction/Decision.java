package org.trm4j.task.deduction;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which open cell is decided, and as what: drawn, or the likeliest.
 *
 * @param state [S, V], 1 for a possible value
 * @param logits [S, V] of the values
 * @param width V
 */
@SuppressWarnings("ArrayRecordComponent") // numbers are arrays throughout
record Decision(float[] state, float[] logits, int width, RandomGenerator random) {

  /**
   * Draws a cell.
   *
   * @param open the number of cells with several possible values, at least 1
   * @param confidence the power of the likeliest value's probability; 0 draws uniformly
   */
  int cell(int open, double confidence) {
    int[] cells = openCells(open);
    if (confidence == 0) {
      return cells[random.nextInt(open)];
    }
    double[] weights = new double[open];
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < open; i++) {
      weights[i] = confidence * -Math.log(sum(cells[i], 1));
      max = Math.max(max, weights[i]);
    }
    double sum = 0;
    for (int i = 0; i < open; i++) {
      weights[i] = Math.exp(weights[i] - max);
      sum += weights[i];
    }
    double rest = random.nextDouble() * sum;
    int last = open - 1;
    for (int i = 0; i < last; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return cells[i];
      }
    }
    return cells[last];
  }

  /** Draws one of a cell's possible values by the softmax of their logits over the temperature. */
  int value(int cell, double temperature) {
    double rest = random.nextDouble() * sum(cell, temperature);
    double max = max(cell);
    int last = -1;
    for (int v = 0; v < width; v++) {
      int at = cell * width + v;
      if (state[at] > 0) {
        last = v;
        rest -= Math.exp((logits[at] - max) / temperature);
        if (rest < 0) {
          return v;
        }
      }
    }
    return last;
  }

  /**
   * Returns the open cell whose likeliest value is the most probable.
   *
   * @param open the number of cells with several possible values, at least 1
   */
  int surest(int open) {
    int surest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int cell : openCells(open)) {
      double sum = sum(cell, 1);
      if (surest < 0 || sum < least) {
        surest = cell;
        least = sum;
      }
    }
    return surest;
  }

  /** Returns the probability of a cell's likeliest value. */
  double sureness(int cell) {
    return 1 / sum(cell, 1);
  }

  /**
   * Returns the open cell whose two likeliest values together are the most probable; of several
   * such, the one whose likeliest value is.
   *
   * @param open the number of cells with several possible values, at least 1
   */
  int narrowest(int open) {
    int narrowest = -1;
    double most = 0;
    double surest = 0;
    for (int cell : openCells(open)) {
      double sum = sum(cell, 1);
      int second = likeliest(cell, likeliest(cell, -1));
      double both = (1 + Math.exp(logits[cell * width + second] - max(cell))) / sum;
      if (both > most || both == most && 1 / sum > surest) {
        narrowest = cell;
        most = both;
        surest = 1 / sum;
      }
    }
    return narrowest;
  }

  /**
   * Returns a cell's likeliest values, in this order: as few as are together so probable.
   *
   * @param enough a probability
   * @param most values, at most
   */
  int[] likeliest(int cell, double enough, int most) {
    float[] rest = state.clone();
    double sum = sum(cell, 1);
    double max = max(cell);
    int[] values = new int[most];
    int count = 0;
    for (double together = 0; count < most && together < enough; count++) {
      int value = likeliest(rest, logits, width, cell, -1);
      if (value < 0) {
        break;
      }
      values[count] = value;
      rest[cell * width + value] = 0;
      together += Math.exp(logits[cell * width + value] - max) / sum;
    }
    return Arrays.copyOf(values, count);
  }

  /**
   * Returns a cell's likeliest possible value.
   *
   * @param but a value that does not count; -1 for none
   */
  int likeliest(int cell, int but) {
    return likeliest(state, logits, width, cell, but);
  }

  /** Returns the same of a state and logits; -1 where no value is possible. */
  static int likeliest(float[] state, float[] logits, int width, int cell, int but) {
    int best = -1;
    for (int v = 0; v < width; v++) {
      int at = cell * width + v;
      if (v != but && state[at] > 0 && (best < 0 || logits[at] > logits[cell * width + best])) {
        best = v;
      }
    }
    return best;
  }

  private int[] openCells(int open) {
    int[] cells = new int[open];
    int found = 0;
    for (int cell = 0; found < open; cell++) {
      int count = 0;
      for (int at = cell * width; at < (cell + 1) * width; at++) {
        count += state[at] > 0 ? 1 : 0;
      }
      if (count > 1) {
        cells[found++] = cell;
      }
    }
    return cells;
  }

  /** Returns the softmax's denominator where the largest term is 1: 1 / p of the likeliest. */
  private double sum(int cell, double temperature) {
    double max = max(cell);
    double sum = 0;
    for (int at = cell * width; at < (cell + 1) * width; at++) {
      sum += state[at] > 0 ? Math.exp((logits[at] - max) / temperature) : 0;
    }
    return sum;
  }

  private double max(int cell) {
    double max = Double.NEGATIVE_INFINITY;
    for (int at = cell * width; at < (cell + 1) * width; at++) {
      max = state[at] > 0 ? Math.max(max, logits[at]) : max;
    }
    return max;
  }
}
