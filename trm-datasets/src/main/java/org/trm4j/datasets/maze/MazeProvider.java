package org.trm4j.datasets.maze;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.SkippedRow;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.ExampleTable;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.npy.NpyDataset;
import org.trm4j.datasets.npy.NpyMetadata;
import org.trm4j.datasets.text.LoadOptions;
import org.trm4j.datasets.text.PuzzleLoader;
import org.trm4j.datasets.text.TextSplits;

/** The data set {@code maze}: from CSV or npy folders, or generated. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class MazeProvider implements DatasetProvider {
  static final String ID = "maze";

  private static final List<DatasetOption> OPTIONS =
      Stream.concat(
              Stream.of(
                  new DatasetOption("size", "30", "rows and columns"),
                  new DatasetOption(
                      "train", "1000", "generated training mazes; endless: made while training"),
                  new DatasetOption("test", "1000", "generated test mazes"),
                  new DatasetOption("seed", "1", "of the generator and of the sample"),
                  new DatasetOption(
                      "minPath", "", "fewest steps from S to G; size x size / 8 unless set"),
                  new DatasetOption("maxPath", "", "most steps from S to G; any unless set"),
                  new DatasetOption(
                      "loops", "0", "per cent of the walls that are opened; 0: only one path")),
              LoadOptions.OPTIONS.stream())
          .toList();

  /** Called by the service loader. */
  public MazeProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "shortest paths through square mazes, from CSV, npy folders, or generated";
  }

  @Override
  public List<DatasetOption> options() {
    return OPTIONS;
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    return new MazeDomain(shape(new Options(ID, OPTIONS, options)));
  }

  private static MazeShape shape(Options options) {
    return new MazeShape((int) options.integer("size", 2, MazeShape.LARGEST));
  }

  @Override
  public boolean accepts(Path path) {
    if (Files.isDirectory(path)) {
      if (!TextSplits.of(path, MazeRows::accepts).isEmpty()) {
        return true;
      }
      Path split = NpyDataset.anySplit(path);
      try {
        NpyMetadata metadata = split == null ? null : NpyMetadata.read(split);
        // Sequences of 16 with 6 tokens are 4x4 Sudokus; a folder of 4x4 mazes has to be named.
        return metadata != null
            && metadata.vocabSize() == MazeShape.VOCABULARY
            && MazeShape.ofCells(metadata.seqLen()).size() != 4;
      } catch (DatasetException e) {
        return false;
      }
    }
    return Files.isRegularFile(path) && MazeRows.accepts(path);
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    if (Files.isRegularFile(path)) {
      return texts(Map.of(TextSplits.name(path), path), LoadOptions.of(read));
    }
    Map<String, Path> files = TextSplits.of(path, MazeRows::accepts);
    if (!files.isEmpty()) {
      return texts(files, LoadOptions.of(read));
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

  private static Dataset texts(Map<String, Path> files, LoadOptions options) {
    Map<String, ExampleTable> splits = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    MazeRows rows = new MazeRows();
    files.forEach((name, file) ->
        splits.put(name, PuzzleLoader.load(file, rows, options, name.equals("train"), skipped)));
    return MemoryDataset.of(new MazeDomain(rows.shape()), splits, skipped);
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    MazeShape shape = shape(read);
    int most = shape.cells();
    int min = read.has("minPath") ? (int) read.integer("minPath", 1, most) : Math.max(1, most / 8);
    int max = read.has("maxPath") ? (int) read.integer("maxPath", min, most) : most;
    int loops = (int) read.integer("loops", 0, 100);
    long seed = read.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    boolean endless = read.endless("train");
    Map<String, List<Example>> splits =
        new MazeGenerator(shape, min, max, loops, seed)
            .generate(
                endless ? 0 : (int) read.integer("train", 0, 10_000_000),
                (int) read.integer("test", 0, 10_000_000))
            .byName();
    if (endless) {
      splits.remove("train");
    }
    Dataset lists = MemoryDataset.rated(new MazeDomain(shape), splits, MazeProvider::steps);
    return endless
        ? new EndlessDataset(lists, MazeGenerator.endless(shape, min, max, loops), seed)
        : lists;
  }

  /** The rating of a generated maze: the steps of its shortest path. */
  private static int steps(Example maze) {
    int steps = 1;
    for (int token : maze.labels()) {
      steps += token == MazeShape.PATH ? 1 : 0;
    }
    return steps;
  }
}
