package org.trm4j.task.deduction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The states of a beam search, at one of which the network looks, as an array of fixed length:
 * their number, the one looked at, the looks that it has had, then twice the width of states with
 * the sum of its logits of contradiction and its next decision (cell, first value, second value).
 */
final class Beam {
  private static final int HEADER = 3;
  private static final int COUNT = 0;
  private static final int CURRENT = 1;
  private static final int LOOKS = 2;
  private static final int SUM = 0;
  private static final int CELL = 1;
  private static final int FIRST = 2;
  private static final int SECOND = 3;
  private static final int NOTES = 4;
  private static final int NONE = -1;

  /** Takes the place of a cell in a state that was dropped. */
  private static final int DROPPED = -2;

  private final float[] memory;
  private final int length;
  private final int vocabulary;

  /**
   * Takes a memory, which it changes.
   *
   * @param length values of a state
   * @param vocabulary values of a cell
   */
  Beam(float[] memory, int length, int vocabulary) {
    this.memory = memory;
    this.length = length;
    this.vocabulary = vocabulary;
  }

  /** Returns the memory of a beam of one state. */
  static float[] memory(float[] state, int width) {
    float[] memory = new float[HEADER + 2 * width * (state.length + NOTES)];
    memory[COUNT] = 1;
    System.arraycopy(state, 0, memory, HEADER, state.length);
    return memory;
  }

  float[] memory() {
    return memory;
  }

  boolean isEmpty() {
    return memory[COUNT] == 0;
  }

  /** Returns the looks that the state looked at has had. */
  int looks() {
    return (int) memory[LOOKS];
  }

  /** Returns a copy of the state looked at. */
  float[] state() {
    int from = at((int) memory[CURRENT]);
    return Arrays.copyOfRange(memory, from, from + length);
  }

  private int at(int i) {
    return HEADER + i * (length + NOTES);
  }

  private int notes(int i) {
    return at(i) + length;
  }

  /** Puts down what a look has left of the state, and its logit of contradiction. */
  void looked(float[] left, float conflict) {
    int i = (int) memory[CURRENT];
    System.arraycopy(left, 0, memory, at(i), length);
    memory[notes(i) + SUM] += conflict;
    memory[LOOKS]++;
  }

  /** Makes a decision in the state looked at. */
  void take(int cell, int value) {
    take((int) memory[CURRENT], cell, value);
  }

  private void take(int i, int cell, int value) {
    int from = at(i) + cell * vocabulary;
    Arrays.fill(memory, from, from + vocabulary, 0);
    memory[from + value] = 1;
  }

  /** Gives the state looked at up. */
  void drop() {
    memory[notes((int) memory[CURRENT]) + CELL] = DROPPED;
    next();
  }

  /**
   * Ends the looks at a state with its next decision.
   *
   * @param second value beside the first; -1 for none
   */
  void decide(int cell, int first, int second) {
    int notes = notes((int) memory[CURRENT]);
    memory[notes + CELL] = cell;
    memory[notes + FIRST] = first;
    memory[notes + SECOND] = second;
    next();
  }

  private void next() {
    memory[LOOKS] = 0;
    memory[CURRENT]++;
    if (memory[CURRENT] == memory[COUNT]) {
      branch();
    }
  }

  /** Keeps the best states, all of which have had the same number of looks, and decides each. */
  private void branch() {
    int width = (memory.length - HEADER) / (length + NOTES) / 2;
    int[] kept =
        IntStream.range(0, (int) memory[COUNT])
            .filter(i -> memory[notes(i) + CELL] != DROPPED)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> memory[notes(i) + SUM]))
            .limit(width)
            .mapToInt(i -> i)
            .toArray();
    float[] before = memory.clone();
    Arrays.fill(memory, 0);
    int count = 0;
    for (int i : kept) {
      int notes = notes(i);
      for (int value : new int[] {(int) before[notes + FIRST], (int) before[notes + SECOND]}) {
        if (value != NONE) {
          System.arraycopy(before, at(i), memory, at(count), length);
          take(count++, (int) before[notes + CELL], value);
        }
      }
    }
    memory[COUNT] = count;
  }
}
