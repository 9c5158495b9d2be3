package org.trm4j.datasets.io.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.SkippedRow;
import org.trm4j.datasets.ExampleTable;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.npy.BuiltFolder;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.report.ExampleCheck;
import org.trm4j.datasets.io.text.LoadOptions;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.Questions;
import org.trm4j.datasets.io.text.TextSplits;

/** Reads the files of puzzles with rules: texts, and builders' folders. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public abstract class PuzzleFiles implements DatasetReader {
  /** Examples of a folder that are looked at before it is taken for one of this data set. */
  private static final int LOOKED_AT = 8;

  private final String id;
  private final List<DatasetOption> options;

  /**
   * Creates a reader.
   *
   * @param id of the data set
   * @param own options besides those that all readers take
   */
  protected PuzzleFiles(String id, List<DatasetOption> own) {
    this.id = id;
    this.options =
        Stream.of(List.of(TextSplits.OPTION, TextSplits.SIZE), own, LoadOptions.OPTIONS)
            .flatMap(List::stream)
            .toList();
  }

  /** Returns whether a text file looks like puzzles of this kind. */
  protected abstract boolean looksRight(Path file);

  /** Looks at all files of a data set. */
  protected abstract PuzzleReading reading(Collection<Path> files, Options options);

  /**
   * Returns the domain of sequences of a length and vocabulary; throws {@link DatasetException}
   * where there is none.
   *
   * @param size the option {@code size}; empty where it is not given
   */
  protected abstract PuzzleDomain domain(NpyMetadata metadata, String size);

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public final List<DatasetOption> options() {
    return options;
  }

  @Override
  public final boolean accepts(Path path) {
    if (!Files.isDirectory(path)) {
      return Files.isRegularFile(path) && looksRight(path);
    }
    try {
      return TextSplits.some(path, this::looksRight) || acceptsFolder(path);
    } catch (DatasetException e) {
      return false;
    }
  }

  /** A folder that does not say what it is, is taken for one whose rules its examples keep. */
  private boolean acceptsFolder(Path folder) {
    Path split = NpyDataset.anySplit(folder);
    BuiltFolder built = split == null ? null : BuiltFolder.of(folder);
    if (split == null || built != null && !built.dataset().equals(id)) {
      return false;
    }
    if (built != null) {
      return true;
    }
    try (Dataset dataset = NpyDataset.open(split, domain(NpyMetadata.read(split), ""))) {
      return ExampleCheck.first(dataset, LOOKED_AT);
    }
  }

  @Override
  public final SortedMap<Long, String> questions(Path file) {
    PuzzleReading reading =
        reading(List.of(file), new Options(id, options, Map.of("split", "test")));
    return Questions.of(file, reading::lines, reading::question);
  }

  @Override
  public final Dataset open(Path path, Map<String, String> given) {
    Options read = new Options(id, options, given);
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
          "%s: expected train.csv, test.csv, or folders train and test with dataset.json and all__*.npy; a single file may have any name"
              .formatted(path));
    }
    BuiltFolder built = BuiltFolder.of(path);
    if (built != null && !built.dataset().equals(id)) {
      throw new DatasetException(
          "%s: was built of the data set %s, expected %s".formatted(path, built.dataset(), id));
    }
    String size = built == null ? "" : built.options().getOrDefault("size", "");
    return NpyDataset.open(
        path, domain(NpyMetadata.read(split), read.has("size") ? read.text("size") : size));
  }

  private Dataset texts(TextSplits splits, Options given) {
    LoadOptions load = LoadOptions.of(given);
    splits.needTraining(load.sample() > 0, "sample");
    PuzzleReading reading = reading(splits.files().values(), given);
    Map<String, ExampleTable> tables = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    splits
        .files()
        .forEach((split, file) ->
            tables.put(
                split,
                PuzzleLoader.load(
                    file, reading::lines, reading, load, split.equals("train"), skipped)));
    TextSplits.checkSize(given, reading.domain().options().getOrDefault("size", ""));
    List<String> notes = new ArrayList<>(splits.notes());
    notes.addAll(reading.notes());
    return MemoryDataset.of(reading.domain(), tables, skipped).withNotes(notes);
  }
}
