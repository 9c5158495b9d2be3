package org.trm4j.datasets.maze;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.support.Dihedral;

/**
 * The published symmetries: turned and mirrored; where rows and columns differ in number, those
 * that keep it.
 */
record MazeSymmetries(MazeShape shape) implements Symmetry.Family {
  @Override
  public Symmetry draw(int[] question, RandomGenerator random) {
    int[] kept = shape.symmetries();
    return symmetry(kept[random.nextInt(kept.length)]);
  }

  @Override
  public List<Symmetry> all(int[] question) {
    return Arrays.stream(shape.symmetries()).mapToObj(this::symmetry).toList();
  }

  private Symmetry symmetry(int number) {
    return Symmetry.ofCells(
        Dihedral.cells(number, shape.rows(), shape.columns()), MazeShape.VOCABULARY);
  }
}
