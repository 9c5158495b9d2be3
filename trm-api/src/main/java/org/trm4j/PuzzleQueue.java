package org.trm4j;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Puzzles, the first of which are read ahead, so that a session is no larger than needed. */
final class PuzzleQueue implements Iterator<Puzzle> {
  private final Queue<Puzzle> seen = new ArrayDeque<>();
  private final Iterator<Puzzle> rest;

  PuzzleQueue(Iterator<Puzzle> puzzles) {
    this.rest = puzzles;
  }

  /**
   * Returns the number of slots that can be filled.
   *
   * @param batch the most slots
   * @param attempts at each puzzle
   */
  int slots(int batch, int attempts) {
    long slots = (long) seen.size() * attempts;
    while (slots < batch && rest.hasNext()) {
      seen.add(rest.next());
      slots += attempts;
    }
    return (int) Math.min(batch, slots);
  }

  @Override
  public boolean hasNext() {
    return !seen.isEmpty() || rest.hasNext();
  }

  @Override
  public Puzzle next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Puzzle next = seen.poll();
    return next == null ? rest.next() : next;
  }
}
