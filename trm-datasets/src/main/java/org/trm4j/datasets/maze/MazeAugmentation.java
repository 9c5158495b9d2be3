package org.trm4j.datasets.maze;

import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.Dihedral;
import org.trm4j.datasets.EnumeratedAugmentation;

/** The published symmetries: turned and mirrored. */
record MazeAugmentation(MazeShape shape) implements EnumeratedAugmentation {
  @Override
  public int count() {
    return Dihedral.COUNT;
  }

  @Override
  public Example augment(Example example, int number) {
    return new Example(
        Dihedral.square(number, example.tokens(), shape.size()),
        Dihedral.square(number, example.labels(), shape.size()),
        example.puzzleIdentifier());
  }
}
