/** The files of the data sets: reading, writing, building folders, downloads. */
module org.trm4j.datasets.io {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires org.apache.commons.csv;
  requires transitive org.trm4j.api;
  requires transitive org.trm4j.datasets;
  requires tools.jackson.databind;

  exports org.trm4j.datasets.io.arc to
      org.trm4j.cli;
  exports org.trm4j.datasets.io.download to
      org.trm4j.cli;
  exports org.trm4j.datasets.io.npy to
      org.trm4j.cli;
  exports org.trm4j.datasets.io.report to
      org.trm4j.cli;
  exports org.trm4j.datasets.io.text to
      org.trm4j.cli;

  provides org.trm4j.dataset.spi.DatasetReader with
      org.trm4j.datasets.io.arc.ArcFiles,
      org.trm4j.datasets.io.grid.GridFiles,
      org.trm4j.datasets.io.maze.MazeFiles,
      org.trm4j.datasets.io.sudoku.SudokuFiles;
}
