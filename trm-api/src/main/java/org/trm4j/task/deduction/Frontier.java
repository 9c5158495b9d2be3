package org.trm4j.task.deduction;

import java.util.Arrays;

/**
 * The states of a best-first search, at one of which the network looks, as an array of fixed
 * length: the one looked at, the looks that it has had, then a number of slots for a state, each
 * with whether it is free, the logit of contradiction after the last look, and the next decision
 * (cell, values).
 */
final class Frontier {
  /** The values of a decision, at most. */
  static final int VALUES = 3;

  private static final int HEADER = 2;
  private static final int CURRENT = 0;
  private static final int LOOKS = 1;

  private static final int STATUS = 0;
  private static final int CONFLICT = 1;
  private static final int CELL = 2;
  private static final int FIRST = 3;
  private static final int NOTES = FIRST + VALUES;

  private static final int FREE = 0;

  /** The network has not looked at the state for as long as it should. */
  private static final int NEW = 1;

  /** The state waits for its decision to be taken. */
  private static final int WAITING = 2;

  private static final int NONE = -1;

  private final float[] memory;
  private final int length;
  private final int vocabulary;
  private final int slots;

  /**
   * Takes a memory, which it changes.
   *
   * @param length values of a state
   * @param vocabulary values of a cell
   */
  Frontier(float[] memory, int length, int vocabulary) {
    this.memory = memory;
    this.length = length;
    this.vocabulary = vocabulary;
    this.slots = (memory.length - HEADER) / (length + NOTES);
  }

  /**
   * Returns the memory of a search that begins.
   *
   * @param most states that wait, at most
   */
  static float[] memory(float[] state, int most) {
    float[] memory = new float[HEADER + (most + VALUES) * (state.length + NOTES)];
    System.arraycopy(state, 0, memory, HEADER, state.length);
    memory[HEADER + state.length + STATUS] = NEW;
    return memory;
  }

  float[] memory() {
    return memory;
  }

  boolean isEmpty() {
    return memory[CURRENT] == NONE;
  }

  /** Returns the looks that the state looked at has had. */
  int looks() {
    return (int) memory[LOOKS];
  }

  /** Returns a copy of the state looked at. */
  float[] state() {
    int from = at(current());
    return Arrays.copyOfRange(memory, from, from + length);
  }

  private int current() {
    return (int) memory[CURRENT];
  }

  private int at(int slot) {
    return HEADER + slot * (length + NOTES);
  }

  private int notes(int slot) {
    return at(slot) + length;
  }

  private int status(int slot) {
    return (int) memory[notes(slot) + STATUS];
  }

  /** Puts down what a look has left of the state, and its logit of contradiction. */
  void looked(float[] left, float conflict) {
    System.arraycopy(left, 0, memory, at(current()), length);
    memory[notes(current()) + CONFLICT] = conflict;
    memory[LOOKS]++;
  }

  /** Makes a decision in the state looked at. */
  void take(int cell, int value) {
    take(current(), cell, value);
  }

  private void take(int slot, int cell, int value) {
    int from = at(slot) + cell * vocabulary;
    Arrays.fill(memory, from, from + vocabulary, 0);
    memory[from + value] = 1;
  }

  /** Gives the state looked at up. */
  void drop() {
    memory[notes(current()) + STATUS] = FREE;
    next();
  }

  /**
   * Ends the looks at a state with its next decision.
   *
   * @param values that the cell may take, at most {@link #VALUES}; each makes a state
   */
  void decide(int cell, int... values) {
    int notes = notes(current());
    memory[notes + STATUS] = WAITING;
    memory[notes + CELL] = cell;
    for (int k = 0; k < VALUES; k++) {
      memory[notes + FIRST + k] = k < values.length ? values[k] : NONE;
    }
    forget();
    next();
  }

  /** Gives the most contradictory state up where too many wait. */
  private void forget() {
    int waiting = 0;
    int worst = NONE;
    for (int slot = 0; slot < slots; slot++) {
      if (status(slot) == WAITING) {
        waiting++;
        worst = worst < 0 || conflict(slot) > conflict(worst) ? slot : worst;
      }
    }
    if (waiting > slots - VALUES) {
      memory[notes(worst) + STATUS] = FREE;
    }
  }

  private float conflict(int slot) {
    return memory[notes(slot) + CONFLICT];
  }

  /** Goes on to a new state, or takes the decision of the least contradictory one. */
  private void next() {
    memory[LOOKS] = 0;
    int fresh = first(NEW);
    if (fresh >= 0) {
      memory[CURRENT] = fresh;
      return;
    }
    int best = NONE;
    for (int slot = 0; slot < slots; slot++) {
      if (status(slot) == WAITING && (best < 0 || conflict(slot) < conflict(best))) {
        best = slot;
      }
    }
    if (best >= 0) {
      branch(best);
    }
    memory[CURRENT] = first(NEW);
  }

  private int first(int status) {
    for (int slot = 0; slot < slots; slot++) {
      if (status(slot) == status) {
        return slot;
      }
    }
    return NONE;
  }

  private void branch(int slot) {
    float[] decided = Arrays.copyOfRange(memory, at(slot), at(slot) + length + NOTES);
    memory[notes(slot) + STATUS] = FREE;
    for (int k = 0; k < VALUES; k++) {
      int value = (int) decided[length + FIRST + k];
      if (value != NONE) {
        int to = first(FREE);
        System.arraycopy(decided, 0, memory, at(to), length);
        memory[notes(to) + STATUS] = NEW;
        take(to, (int) decided[length + CELL], value);
      }
    }
  }
}
