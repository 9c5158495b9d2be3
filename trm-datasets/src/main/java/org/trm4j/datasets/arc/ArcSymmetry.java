package org.trm4j.datasets.arc;

import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.support.Dihedral;

/**
 * The smallest form of a grid over the symmetries, its colours other than black renamed in the
 * order in which they appear; where the grid stands does not matter.
 */
final class ArcSymmetry implements Symmetry.Key {
  ArcSymmetry() {}

  @Override
  public String key(int[] question) {
    int origin = ArcTokens.origin(question);
    if (origin < 0) {
      return "";
    }
    ArcGrid grid = ArcTokens.at(question, origin);
    String best = "";
    for (int symmetry = 0; symmetry < Dihedral.COUNT; symmetry++) {
      String form =
          renamed(new ArcTransform(symmetry, ArcTransform.IDENTITY.colours()).apply(grid));
      best = best.isEmpty() || form.compareTo(best) < 0 ? form : best;
    }
    return best;
  }

  private static String renamed(ArcGrid grid) {
    byte[] names = new byte[10];
    byte next = 1;
    byte[] cells = new byte[grid.cells().length];
    for (int i = 0; i < cells.length; i++) {
      int colour = grid.cells()[i];
      if (colour > 0 && names[colour] == 0) {
        names[colour] = next++;
      }
      cells[i] = names[colour];
    }
    return new ArcGrid(grid.rows(), grid.columns(), cells).toString();
  }
}
