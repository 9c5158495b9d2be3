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
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.npy.BuiltFolder;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.report.ExampleCheck;
import org.trm4j.datasets.io.text.LoadOptions;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.io.text.Questions;
import org.trm4j.datasets.io.text.TextSplits;
import org.trm4j.datasets.support.ExampleTable;

/** Reads the files of puzzles with rules: texts, and builders' folders. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public abstract class PuzzleFiles implements DatasetReader {
  /** The number of examples of a folder that are checked before it is accepted. */
  private static final int LOOKED_AT = 8;

  private final String id;
  private final List<DatasetProvider.Option> options;

  /**
   * Creates a reader.
   *
   * @param id of the data set
   * @param own options besides those that all readers take
   */
  protected PuzzleFiles(String id, List<DatasetProvider.Option> own) {
    this.id = id;
    this.options =
        Stream.of(List.of(TextSplits.OPTION, TextSplits.SIZE), own, LoadOptions.OPTIONS)
            .flatMap(List::stream)
            .toList();
  }

  /** Returns whether a text file looks like puzzles of this kind. */
  protected abstract boolean looksRight(Path file);

  /** Reads all files of a data set for the first time. */
  protected abstract PuzzleReading reading(Collection<Path> files, Options options);

  /**
   * Returns the domain of a builder's folder; throws {@link DatasetException} where its sequences
   * have no such length or vocabulary.
   *
   * @param built options of the domain that it was built of; empty if nothing says them
   */
  protected abstract PuzzleDomain domain(
      NpyMetadata metadata, Map<String, String> built, Options options);

  /** Returns the splits of a single file whose split was not named; empty to go by its name. */
  protected Map<String, Path> splits(Path file, Options given) {
    return Map.of();
  }

  /**
   * Returns the splits of what was read.
   *
   * @param whole whether it is a single file whose split was not named
   * @param notes takes what is done, one line each
   */
  protected Map<String, ? extends ExampleSource> arrange(
      Map<String, ExampleTable> tables,
      PuzzleReading reading,
      boolean whole,
      Options given,
      List<String> notes) {
    return tables;
  }

  /** Returns whether a file's first question, or else its beginning, has the look of this kind. */
  protected abstract boolean near(String start);

  @Override
  public final String nearMiss(Path file) {
    try {
      String start = Files.isRegularFile(file) ? PuzzleTextFile.sample(file) : "";
      if (start.isBlank() || !near(start)) {
        return "";
      }
      open(file, Map.of()).close();
      return "";
    } catch (DatasetException e) {
      return String.valueOf(e.getMessage()).replace(file + ": ", "");
    }
  }

  /** Returns the share of these characters among those that are no white space. */
  protected static double share(String text, String characters) {
    String cells = text.replaceAll("\\s", "");
    return cells.isEmpty()
        ? 0
        : (double) cells.chars().filter(c -> characters.indexOf(c) >= 0).count() / cells.length();
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public final List<DatasetProvider.Option> options() {
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
    PuzzleDomain domain =
        domain(NpyMetadata.read(split), Map.of(), new Options(id, options, Map.of()));
    try (Dataset dataset = NpyDataset.open(split, domain)) {
      return ExampleCheck.first(dataset, LOOKED_AT);
    }
  }

  @Override
  public SortedMap<Long, String> questions(Path file) {
    return questions(file, Map.of());
  }

  /** Options that both the domain and the reader have, such as boxes, are not inferred again. */
  @Override
  public SortedMap<Long, String> questions(Path file, Map<String, String> given) {
    Map<String, String> known = new LinkedHashMap<>(Map.of("split", "test"));
    given.forEach((name, value) -> {
      if (options.stream().anyMatch(option -> option.name().equals(name))) {
        known.put(name, value);
      }
    });
    PuzzleReading reading = reading(List.of(file), new Options(id, options, known));
    return Questions.of(reading.open(file, "test"), reading::question);
  }

  @Override
  public final Dataset open(Path path, Map<String, String> given) {
    Options read = new Options(id, options, given);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    boolean whole = Files.isRegularFile(path) && !read.has("split");
    Map<String, Path> own = whole ? splits(path, read) : Map.of();
    TextSplits splits =
        own.isEmpty() ? TextSplits.of(path, read.text("split")) : TextSplits.of(own);
    if (!splits.files().isEmpty()) {
      return texts(splits, whole, read);
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
    return NpyDataset.open(
        path, domain(NpyMetadata.read(split), built == null ? Map.of() : built.options(), read));
  }

  private Dataset texts(TextSplits splits, boolean whole, Options given) {
    LoadOptions load = LoadOptions.of(given);
    splits.needTraining(load.sample() > 0, "sample");
    PuzzleReading reading = reading(splits.files().values(), given);
    Map<String, ExampleTable> tables = new LinkedHashMap<>();
    List<Dataset.SkippedRow> skipped = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    splits
        .files()
        .forEach((split, file) ->
            tables.put(
                split,
                PuzzleLoader.load(
                    reading.open(file, split),
                    reading,
                    load,
                    split.equals("train"),
                    skipped,
                    passedOver)));
    if (given.has("size")) {
      TextSplits.checkSize(given, reading.domain().options().getOrDefault("size", ""));
    }
    List<String> notes = new ArrayList<>(splits.notes());
    notes.addAll(reading.notes());
    notes.addAll(passedOver);
    Map<String, ? extends ExampleSource> arranged = arrange(tables, reading, whole, given, notes);
    return MemoryDataset.of(reading.domain(), arranged, skipped).withNotes(notes);
  }
}
