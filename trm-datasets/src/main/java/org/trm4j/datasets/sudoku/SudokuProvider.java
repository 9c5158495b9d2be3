package org.trm4j.datasets.sudoku;

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

/** The data set {@code sudoku}: from CSV, lines or npy folders, or generated. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class SudokuProvider implements DatasetProvider {
  static final String ID = "sudoku";

  private static final List<DatasetOption> OPTIONS =
      Stream.concat(
              Stream.of(
                  new DatasetOption("size", "9", "rows, columns and digits: 4, 6, 9 or 16"),
                  new DatasetOption(
                      "train", "1000", "generated training puzzles; endless: made while training"),
                  new DatasetOption("test", "1000", "generated test puzzles"),
                  new DatasetOption("seed", "1", "of the generator and of the sample"),
                  new DatasetOption(
                      "minGivens", "", "fewest cells given; by size 4, 8, 22, 150 unless set"),
                  new DatasetOption(
                      "maxGivens", "", "most cells given; by size 8, 16, 30, 180 unless set")),
              LoadOptions.OPTIONS.stream())
          .toList();

  /** Called by the service loader. */
  public SudokuProvider() {}

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
    return "Sudoku of size 4, 6, 9 or 16 from CSV, lines of characters, npy folders, or generated";
  }

  @Override
  public List<DatasetOption> options() {
    return OPTIONS;
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    return new SudokuDomain(shape(new Options(ID, OPTIONS, options)));
  }

  private static SudokuShape shape(Options options) {
    return SudokuShape.of((int) options.integer("size", 4, 16));
  }

  @Override
  public boolean accepts(Path path) {
    if (Files.isDirectory(path)) {
      if (!TextSplits.of(path, SudokuRows::accepts).isEmpty()) {
        return true;
      }
      Path split = NpyDataset.anySplit(path);
      try {
        NpyMetadata metadata = split == null ? null : NpyMetadata.read(split);
        return metadata != null
            && SudokuShape.ofCells(metadata.seqLen()).vocabSize() == metadata.vocabSize();
      } catch (DatasetException e) {
        return false;
      }
    }
    return Files.isRegularFile(path) && SudokuRows.accepts(path);
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
    Map<String, Path> files = TextSplits.of(path, SudokuRows::accepts);
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
        path, new SudokuDomain(SudokuShape.ofCells(NpyMetadata.read(split).seqLen())));
  }

  private static Dataset texts(Map<String, Path> files, LoadOptions options) {
    Map<String, ExampleTable> splits = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    SudokuRows rows = new SudokuRows();
    files.forEach((name, file) ->
        splits.put(name, PuzzleLoader.load(file, rows, options, name.equals("train"), skipped)));
    return MemoryDataset.of(new SudokuDomain(rows.shape()), splits, skipped);
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    SudokuShape shape = shape(read);
    int[] bounds =
        switch (shape.size()) {
          case 4 -> new int[] {4, 8};
          case 6 -> new int[] {8, 16};
          case 9 -> new int[] {22, 30};
          default -> new int[] {150, 180};
        };
    long most = shape.cells() - 1L;
    int min = read.has("minGivens") ? (int) read.integer("minGivens", 0, most) : bounds[0];
    int max =
        read.has("maxGivens")
            ? (int) read.integer("maxGivens", min, most)
            : Math.max(min, bounds[1]);
    LoadOptions ratings = LoadOptions.of(read);
    SudokuGenerator.Limits limits =
        new SudokuGenerator.Limits(min, max, ratings.minRating(), ratings.maxRating());
    boolean endless = read.endless("train");
    Map<String, List<Example>> splits =
        new SudokuGenerator(shape, limits, ratings.seed())
            .generate(
                endless ? 0 : (int) read.integer("train", 0, 10_000_000),
                (int) read.integer("test", 0, 10_000_000))
            .byName();
    if (endless) {
      splits.remove("train");
    }
    Dataset lists =
        MemoryDataset.rated(
            new SudokuDomain(shape),
            splits,
            example -> SudokuGenerator.rating(shape, example.tokens()));
    return endless
        ? new EndlessDataset(lists, SudokuGenerator.endless(shape, limits), ratings.seed())
        : lists;
  }
}
