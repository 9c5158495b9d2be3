/** The data sets of the field: Sudoku, Maze and ARC-AGI. */
module org.trm4j.datasets {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires org.apache.commons.csv;
  requires transitive org.trm4j.api;
  requires tools.jackson.databind;

  exports org.trm4j.datasets;
  exports org.trm4j.datasets.arc;
  exports org.trm4j.datasets.download;
  exports org.trm4j.datasets.npy;
  exports org.trm4j.datasets.report;
  exports org.trm4j.datasets.text;

  provides org.trm4j.dataset.spi.DatasetProvider with
      org.trm4j.datasets.arc.ArcProvider,
      org.trm4j.datasets.maze.MazeProvider,
      org.trm4j.datasets.sudoku.SudokuProvider;
}
