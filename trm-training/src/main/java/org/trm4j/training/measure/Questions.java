package org.trm4j.training.measure;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.trm4j.Puzzle;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;

/** The first examples of a split, as puzzles. */
final class Questions implements Iterator<Puzzle> {
  private final ExampleSource split;
  private final int count;
  private int next;

  Questions(ExampleSource split, int count) {
    this.split = split;
    this.count = count;
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public Puzzle next() {
    if (next >= count) {
      throw new NoSuchElementException();
    }
    Example example = split.get(next++);
    return new Puzzle(example.tokens(), example.puzzleIdentifier());
  }
}
