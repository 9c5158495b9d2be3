package org.trm4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trm4j.datasets.support.Dihedral;

class DihedralTest {
  /** 1 2 over 3 4, by numpy's rot90, fliplr, flipud and transpose. */
  @Test
  void numbersAreThoseOfThePublishedBuilders() {
    int[][] expected = {
      {1, 2, 3, 4}, {2, 4, 1, 3}, {4, 3, 2, 1}, {3, 1, 4, 2},
      {2, 1, 4, 3}, {3, 4, 1, 2}, {1, 3, 2, 4}, {4, 2, 3, 1}
    };
    for (int symmetry = 0; symmetry < Dihedral.COUNT; symmetry++) {
      assertThat(Dihedral.square(symmetry, new int[] {1, 2, 3, 4}, 2))
          .as("symmetry %s", symmetry)
          .isEqualTo(expected[symmetry]);
    }
  }

  @Test
  void everySymmetryIsUndoneAlsoOnOblongGrids() {
    int rows = 3;
    int columns = 5;
    for (int symmetry = 0; symmetry < Dihedral.COUNT; symmetry++) {
      int newRows = Dihedral.turns(symmetry) ? columns : rows;
      int newColumns = Dihedral.turns(symmetry) ? rows : columns;
      boolean[] seen = new boolean[rows * columns];
      for (int row = 0; row < newRows; row++) {
        for (int column = 0; column < newColumns; column++) {
          int from = Dihedral.source(symmetry, rows, columns, row, column);
          assertThat(seen[from]).isFalse();
          seen[from] = true;
          assertThat(
                  Dihedral.source(
                      Dihedral.inverse(symmetry),
                      newRows,
                      newColumns,
                      from / columns,
                      from % columns))
              .isEqualTo(row * newColumns + column);
        }
      }
    }
  }
}
