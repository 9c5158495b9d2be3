package org.trm4j.datasets.maze;

import java.util.Arrays;
import org.trm4j.dataset.spi.SymmetryKey;
import org.trm4j.datasets.Dihedral;

/** The smallest form of a maze: of eight, or of four where rows and columns differ in number. */
record MazeSymmetry(MazeShape shape) implements SymmetryKey {
  @Override
  public String key(int[] question) {
    int[] best = question;
    for (int symmetry : shape.symmetries()) {
      int[] form = Dihedral.apply(symmetry, question, shape.rows(), shape.columns());
      best = Arrays.compare(form, best) < 0 ? form : best;
    }
    StringBuilder key = new StringBuilder(best.length);
    for (int token : best) {
      key.append(MazeShape.symbol(token));
    }
    return key.toString();
  }
}
