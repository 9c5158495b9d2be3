/** The puzzles of the field, without their files: Sudoku, Maze and ARC-AGI. */
module org.trm4j.datasets {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive org.trm4j.api;

  exports org.trm4j.datasets;
  exports org.trm4j.datasets.arc to
      org.trm4j.datasets.io;
  exports org.trm4j.datasets.grid to
      org.trm4j.datasets.io;
  exports org.trm4j.datasets.maze to
      org.trm4j.datasets.io;
  exports org.trm4j.datasets.sudoku to
      org.trm4j.datasets.io;
  exports org.trm4j.datasets.support to
      org.trm4j.datasets.io;

  provides org.trm4j.dataset.spi.DatasetProvider with
      org.trm4j.datasets.arc.ArcProvider,
      org.trm4j.datasets.grid.GridProvider,
      org.trm4j.datasets.maze.MazeProvider,
      org.trm4j.datasets.sudoku.SudokuProvider;
}
