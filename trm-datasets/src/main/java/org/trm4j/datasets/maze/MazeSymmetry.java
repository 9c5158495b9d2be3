package org.trm4j.datasets.maze;

import java.util.Arrays;
import org.trm4j.dataset.spi.SymmetryKey;
import org.trm4j.datasets.Dihedral;

/** The smallest of a maze's eight forms. */
record MazeSymmetry(MazeShape shape) implements SymmetryKey {
  @Override
  public String key(int[] question) {
    int[] best = question;
    for (int symmetry = 1; symmetry < Dihedral.COUNT; symmetry++) {
      int[] form = Dihedral.square(symmetry, question, shape.size());
      best = Arrays.compare(form, best) < 0 ? form : best;
    }
    StringBuilder key = new StringBuilder(best.length);
    for (int token : best) {
      key.append(MazeShape.symbol(token));
    }
    return key.toString();
  }
}
