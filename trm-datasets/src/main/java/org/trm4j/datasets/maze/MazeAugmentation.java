package org.trm4j.datasets.maze;

import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.Dihedral;
import org.trm4j.datasets.EnumeratedAugmentation;

/**
 * The published symmetries: turned and mirrored; where rows and columns differ in number, those
 * that keep it.
 */
record MazeAugmentation(MazeShape shape) implements EnumeratedAugmentation {
  @Override
  public int count() {
    return shape.symmetries().length;
  }

  @Override
  public Example augment(Example example, int number) {
    int symmetry = shape.symmetries()[number];
    return new Example(
        Dihedral.apply(symmetry, example.tokens(), shape.rows(), shape.columns()),
        Dihedral.apply(symmetry, example.labels(), shape.rows(), shape.columns()),
        example.puzzleIdentifier());
  }
}
