package org.trm4j.training.measure;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.trm4j.Puzzle;
import org.trm4j.dataset.spi.ExampleSource;

/** Examples of a split as puzzles, made one at a time. */
final class Questions {
  private Questions() {}

  static Iterator<Puzzle> of(ExampleSource split, IntStream numbers) {
    return numbers
        .mapToObj(split::get)
        .map(example -> new Puzzle(example.tokens(), example.puzzleIdentifier()))
        .iterator();
  }
}
