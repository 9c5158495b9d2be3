package org.trm4j.datasets.io.maze;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.files.PuzzleFiles;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.maze.MazeDomain;
import org.trm4j.datasets.maze.MazeProvider;
import org.trm4j.datasets.maze.MazeShape;

/** Files of the data set {@code maze}: text and builders' folders. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MazeFiles extends PuzzleFiles {

  /** Called by the service loader. */
  public MazeFiles() {
    super(MazeProvider.ID, FieldNames.OPTIONS);
  }

  @Override
  protected boolean looksRight(Path file) {
    return MazeRows.accepts(file);
  }

  @Override
  protected boolean near(String start) {
    return share(start, "#SGE.|+-01WXABPsge%o*\u2588") > 0.9
        && share(start, "#|+-1WX%\u2588") > 0.2
        && share(start, "56789") == 0;
  }

  @Override
  protected PuzzleReading reading(Collection<Path> files, Options options) {
    FieldNames names = FieldNames.of(options);
    return new MazeRows(
        options.has("size") ? MazeShape.of(options.text("size")) : null,
        MazeScan.of(files, names),
        names);
  }

  @Override
  protected PuzzleDomain domain(NpyMetadata metadata, Map<String, String> built, Options options) {
    if (metadata.vocabSize() != MazeShape.VOCABULARY) {
      throw new DatasetException(
          "maze: vocabulary %s, expected %s".formatted(metadata.vocabSize(), MazeShape.VOCABULARY));
    }
    String size = options.has("size") ? options.text("size") : built.getOrDefault("size", "");
    return new MazeDomain(
        size.isEmpty() ? MazeShape.ofCells(metadata.seqLen()) : MazeShape.of(size));
  }
}
