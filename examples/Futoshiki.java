import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Prints Futoshiki puzzles with one solution each as JSON lines: {@code java Futoshiki.java SIZE
 * COUNT SEED}. A puzzle of size 4 is a grid of 7 rows of 7: digits (or {@code .}) at every second
 * place, between them signs that point at the smaller digit, and spaces.
 */
public class Futoshiki {
  private final int size;
  private final Random random;

  Futoshiki(int size, long seed) {
    this.size = size;
    this.random = new Random(seed);
  }

  public static void main(String[] args) {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 4;
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    Futoshiki generator = new Futoshiki(size, seed);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(generator.puzzle()).append('\n');
    }
    System.out.print(out);
  }

  /** A random Latin square, some of its signs, and as few digits as leave one solution. */
  private String puzzle() {
    int[] answer = new int[size * size];
    fill(answer, 0);
    boolean[] right = new boolean[size * size];
    boolean[] below = new boolean[size * size];
    for (int cell = 0; cell < answer.length; cell++) {
      right[cell] = cell % size < size - 1 && random.nextInt(3) == 0;
      below[cell] = cell / size < size - 1 && random.nextInt(3) == 0;
    }
    int[] question = answer.clone();
    List<Integer> order = new ArrayList<>();
    for (int cell = 0; cell < answer.length; cell++) {
      order.add(cell);
    }
    Collections.shuffle(order, random);
    for (int cell : order) {
      question[cell] = 0;
      if (solutions(question.clone(), answer, right, below, 0, 2) > 1) {
        question[cell] = answer[cell];
      }
    }
    return "{\"question\": \"%s\", \"answer\": \"%s\"}"
        .formatted(text(question, answer, right, below), text(answer, answer, right, below));
  }

  private boolean fill(int[] cells, int at) {
    if (at == cells.length) {
      return true;
    }
    List<Integer> digits = new ArrayList<>();
    for (int digit = 1; digit <= size; digit++) {
      digits.add(digit);
    }
    Collections.shuffle(digits, random);
    for (int digit : digits) {
      if (free(cells, at, digit)) {
        cells[at] = digit;
        if (fill(cells, at + 1)) {
          return true;
        }
        cells[at] = 0;
      }
    }
    return false;
  }

  private boolean free(int[] cells, int at, int digit) {
    for (int i = 0; i < size; i++) {
      if (cells[at / size * size + i] == digit || cells[i * size + at % size] == digit) {
        return false;
      }
    }
    return true;
  }

  /** Counts solutions up to a number; the signs are those of the answer. */
  private int solutions(
      int[] cells, int[] answer, boolean[] right, boolean[] below, int at, int most) {
    int cell = at;
    while (cell < cells.length && cells[cell] != 0) {
      cell++;
    }
    if (cell == cells.length) {
      return signsHold(cells, answer, right, below) ? 1 : 0;
    }
    int found = 0;
    for (int digit = 1; digit <= size && found < most; digit++) {
      if (free(cells, cell, digit)) {
        cells[cell] = digit;
        if (signsHold(cells, answer, right, below)) {
          found += solutions(cells, answer, right, below, cell + 1, most - found);
        }
        cells[cell] = 0;
      }
    }
    return found;
  }

  private boolean signsHold(int[] cells, int[] answer, boolean[] right, boolean[] below) {
    for (int cell = 0; cell < cells.length; cell++) {
      if (right[cell] && !holds(cells, answer, cell, cell + 1)
          || below[cell] && !holds(cells, answer, cell, cell + size)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(int[] cells, int[] answer, int one, int other) {
    return cells[one] == 0
        || cells[other] == 0
        || cells[one] < cells[other] == answer[one] < answer[other];
  }

  private String text(int[] cells, int[] answer, boolean[] right, boolean[] below) {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < size; row++) {
      StringBuilder under = new StringBuilder();
      for (int column = 0; column < size; column++) {
        int cell = row * size + column;
        out.append(cells[cell] == 0 ? "." : String.valueOf(cells[cell]));
        boolean last = column == size - 1;
        if (!last) {
          out.append(right[cell] ? answer[cell] < answer[cell + 1] ? '<' : '>' : ' ');
        }
        under
            .append(below[cell] ? answer[cell] < answer[cell + size] ? '^' : 'v' : ' ')
            .append(last ? "" : " ");
      }
      out.append(row == size - 1 ? "" : "/" + under + "/");
    }
    return out.toString();
  }
}
