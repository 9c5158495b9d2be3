package org.trm4j.datasets.io.maze;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.dataset.spi.SkippedRow;
import org.trm4j.datasets.ExampleTable;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.text.LoadOptions;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.Questions;
import org.trm4j.datasets.io.text.TextSplits;
import org.trm4j.datasets.maze.MazeDomain;
import org.trm4j.datasets.maze.MazeProvider;
import org.trm4j.datasets.maze.MazeShape;

/** Files of the data set {@code maze}: text and builders' folders. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MazeFiles implements DatasetReader {
  private static final List<DatasetOption> OPTIONS =
      Stream.concat(Stream.of(TextSplits.OPTION, TextSplits.SIZE), LoadOptions.OPTIONS.stream())
          .toList();

  /** Called by the service loader. */
  public MazeFiles() {}

  @Override
  public String id() {
    return MazeProvider.ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<DatasetOption> options() {
    return OPTIONS;
  }

  @Override
  public boolean accepts(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return Files.isRegularFile(path) && MazeRows.accepts(path);
      }
      if (TextSplits.some(path, MazeRows::accepts)) {
        return true;
      }
      Path split = NpyDataset.anySplit(path);
      if (split == null) {
        return false;
      }
      NpyMetadata metadata = NpyMetadata.read(split);
      // Sequences of 16 with 6 tokens are 4x4 Sudokus; a folder of 4x4 mazes has to be named.
      return metadata.vocabSize() == MazeShape.VOCABULARY
          && MazeShape.ofCells(metadata.seqLen()).size() != 4;
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public SortedMap<Long, String> questions(Path file) {
    return Questions.of(file, MazeLines::new, question -> MazeText.of(question).cells());
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    Options read = new Options(MazeProvider.ID, OPTIONS, options);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    TextSplits splits = TextSplits.of(path, read.text("split"));
    if (!splits.files().isEmpty()) {
      return texts(splits, read);
    }
    Path split = NpyDataset.anySplit(path);
    if (split == null) {
      throw new DatasetException(
          "%s: expected train.csv, test.csv, or folders with dataset.json and all__*.npy"
              .formatted(path));
    }
    return NpyDataset.open(
        path, new MazeDomain(MazeShape.ofCells(NpyMetadata.read(split).seqLen())));
  }

  private static Dataset texts(TextSplits splits, Options all) {
    LoadOptions options = LoadOptions.of(all);
    splits.needTraining(options.sample() > 0, "sample");
    Map<String, ExampleTable> tables = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    MazeRows rows = new MazeRows();
    splits
        .files()
        .forEach((split, file) ->
            tables.put(
                split,
                PuzzleLoader.load(
                    file, MazeLines::new, rows, options, split.equals("train"), skipped)));
    TextSplits.checkSize(all, rows.shape().size());
    List<String> notes = new ArrayList<>(splits.notes());
    notes.add(rows.note());
    return MemoryDataset.of(new MazeDomain(rows.shape()), tables, skipped).withNotes(notes);
  }
}
