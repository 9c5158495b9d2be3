package org.trm4j.datasets.maze;

import org.trm4j.dataset.spi.Symmetry;

/** The smallest form of a maze: of eight, or of four where rows and columns differ in number. */
record MazeSymmetryKey(MazeShape shape) implements Symmetry.Key {
  @Override
  public String key(int[] question) {
    int[] best = new MazeSymmetries(shape).smallest(question);
    StringBuilder key = new StringBuilder(best.length);
    for (int token : best) {
      key.append(MazeShape.symbol(token));
    }
    return key.toString();
  }
}
