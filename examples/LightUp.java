import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Prints Light Up (Akari) puzzles with one solution each as JSON lines: {@code java LightUp.java
 * SIZE COUNT SEED}. {@code #} is a wall, 0 to 4 a wall that counts the lamps beside it, {@code .} a
 * white cell, and in answers {@code L} a lamp.
 */
public class LightUp {
  private final int size;
  private final Random random;

  LightUp(int size, long seed) {
    this.size = size;
    this.random = new Random(seed);
  }

  public static void main(String[] args) {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    LightUp generator = new LightUp(size, seed);
    StringBuilder out = new StringBuilder();
    for (int made = 0; made < count; ) {
      String puzzle = generator.puzzle();
      if (puzzle != null) {
        out.append(puzzle).append('\n');
        made++;
      }
    }
    System.out.print(out);
  }

  /** Random walls, lamps until all is lit, and as few numbers as leave one solution; or null. */
  private String puzzle() {
    char[] answer = new char[size * size];
    for (int cell = 0; cell < answer.length; cell++) {
      answer[cell] = random.nextInt(10) < 3 ? '#' : '.';
    }
    char[] question = answer.clone();
    List<Integer> order = new ArrayList<>();
    for (int cell = 0; cell < answer.length; cell++) {
      order.add(cell);
    }
    Collections.shuffle(order, random);
    for (int cell : order) {
      if (answer[cell] == '.' && !lit(answer, cell)) {
        answer[cell] = 'L';
      }
    }
    for (int cell = 0; cell < question.length; cell++) {
      if (question[cell] == '#') {
        question[cell] = (char) ('0' + lampsBeside(answer, cell));
      }
    }
    if (solutions(question, question.clone(), 0, 2) != 1) {
      return null;
    }
    for (int cell : order) {
      char number = question[cell];
      if (number >= '0' && number <= '4') {
        question[cell] = '#';
        if (solutions(question, question.clone(), 0, 2) != 1) {
          question[cell] = number;
        }
      }
    }
    for (int cell = 0; cell < answer.length; cell++) {
      answer[cell] = question[cell] == '.' ? answer[cell] : question[cell];
    }
    return "{\"question\": \"%s\", \"answer\": \"%s\"}".formatted(text(question), text(answer));
  }

  private String text(char[] cells) {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < size; row++) {
      out.append(row > 0 ? "/" : "").append(cells, row * size, size);
    }
    return out.toString();
  }

  /** Whether a lamp stands in a cell or sees it. */
  private boolean lit(char[] cells, int cell) {
    return cells[cell] == 'L' || Arrays.stream(new int[] {-size, 1, size, -1})
        .anyMatch(step -> lampInSight(cells, cell, step));
  }

  private boolean lampInSight(char[] cells, int cell, int step) {
    for (int at = next(cell, step); at >= 0; at = next(at, step)) {
      if (cells[at] == 'L') {
        return true;
      }
      if (cells[at] != '.' && cells[at] != 'x') {
        return false;
      }
    }
    return false;
  }

  private int next(int cell, int step) {
    int to = cell + step;
    boolean sameRow = Math.abs(step) != 1 || to >= 0 && to / size == cell / size;
    return to >= 0 && to < size * size && sameRow ? to : -1;
  }

  private int lampsBeside(char[] cells, int cell) {
    int lamps = 0;
    for (int step : new int[] {-size, 1, size, -1}) {
      int at = next(cell, step);
      lamps += at >= 0 && cells[at] == 'L' ? 1 : 0;
    }
    return lamps;
  }

  /** Counts solutions up to a number: each white cell gets a lamp or x for none. */
  private int solutions(char[] question, char[] cells, int from, int most) {
    int cell = from;
    while (cell < cells.length && question[cell] != '.') {
      cell++;
    }
    if (cell == cells.length) {
      return right(question, cells) ? 1 : 0;
    }
    int found = 0;
    if (!lit(cells, cell)) {
      cells[cell] = 'L';
      found += possible(question, cells) ? solutions(question, cells, cell + 1, most) : 0;
    }
    if (found < most) {
      cells[cell] = 'x';
      found +=
          possible(question, cells) ? solutions(question, cells, cell + 1, most - found) : 0;
    }
    cells[cell] = '.';
    return found;
  }

  /** Whether no number has too many lamps, or too few and no room for more. */
  private boolean possible(char[] question, char[] cells) {
    for (int cell = 0; cell < cells.length; cell++) {
      if (question[cell] >= '0' && question[cell] <= '4') {
        int room = 0;
        for (int step : new int[] {-size, 1, size, -1}) {
          int at = next(cell, step);
          room += at >= 0 && cells[at] == '.' ? 1 : 0;
        }
        int missing = question[cell] - '0' - lampsBeside(cells, cell);
        if (missing < 0 || missing > room) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean right(char[] question, char[] cells) {
    for (int cell = 0; cell < cells.length; cell++) {
      if (question[cell] == '.' && !lit(cells, cell)) {
        return false;
      }
    }
    return possible(question, cells);
  }
}
