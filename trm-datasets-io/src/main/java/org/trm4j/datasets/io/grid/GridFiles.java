package org.trm4j.datasets.io.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.grid.GridDomain;
import org.trm4j.datasets.grid.GridInvariant;
import org.trm4j.datasets.grid.GridProvider;
import org.trm4j.datasets.grid.GridSymmetryCheck;
import org.trm4j.datasets.io.files.PuzzleFiles;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.support.ExampleTable;

/** Files of the data set {@code grid}: CSV and JSON of questions with answers. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GridFiles extends PuzzleFiles {
  private static final int PER_CENT = 100;

  /** Called by the service loader. */
  public GridFiles() {
    super(
        GridProvider.ID,
        Stream.of(
                GridProvider.OPTIONS,
                FieldNames.OPTIONS,
                List.of(
                    new DatasetProvider.Option(
                        "testShare",
                        "10",
                        "per cent of a single file that is its test split, by a key of each puzzle")))
            .flatMap(List::stream)
            .toList());
  }

  /** Every file of two columns could be such puzzles, so the data set has to be named. */
  @Override
  protected boolean looksRight(Path file) {
    return false;
  }

  /** Objects that no other data set reads. */
  @Override
  protected boolean near(String start) {
    return start.strip().startsWith("{");
  }

  @Override
  protected PuzzleReading reading(Collection<Path> files, Options options) {
    return new GridReading(files, options);
  }

  @Override
  protected PuzzleDomain domain(NpyMetadata metadata, Map<String, String> built, Options options) {
    return new GridProvider().domain(built);
  }

  @Override
  protected Map<String, Path> splits(Path file, Options options) {
    Map<String, Path> splits = new LinkedHashMap<>();
    List<String> sections = PuzzleTextFile.sections(file);
    if (sections.isEmpty()) {
      splits.put("train", file);
    } else {
      sections.forEach(section -> splits.put(section, file));
    }
    return splits;
  }

  /** Questions need the model's shape: a line can be a puzzle or a row of one. */
  @Override
  public SortedMap<Long, String> questions(Path file, Map<String, String> domainOptions) {
    return GridQuestions.of(file, (GridDomain) new GridProvider().domain(domainOptions));
  }

  @Override
  public SortedMap<Long, String> questions(Path file) {
    throw new DatasetException("grid: questions are read for a model's domain");
  }

  @Override
  protected Map<String, ExampleSource> arrange(
      Map<String, ExampleTable> tables,
      PuzzleReading reading,
      boolean whole,
      Options options,
      List<String> notes) {
    GridDomain domain = (GridDomain) reading.domain();
    Map<String, ExampleSource> splits = new LinkedHashMap<>(tables);
    if (whole && tables.keySet().equals(java.util.Set.of("train"))) {
      splits = byKey(Objects.requireNonNull(tables.get("train")), domain, options, notes);
    }
    checkSymmetries(domain, splits.values(), notes);
    return splits;
  }

  /**
   * Divides a file by a key that is the same for all forms of a puzzle under any symmetry, used or
   * not: so the same puzzles are the test whatever the options are.
   */
  private static Map<String, ExampleSource> byKey(
      ExampleTable all, GridDomain domain, Options options, List<String> notes) {
    long share = options.integer("testShare", 0, PER_CENT);
    ExampleTable train = new ExampleTable(domain.seqLen(), domain.vocabSize());
    ExampleTable test = new ExampleTable(domain.seqLen(), domain.vocabSize());
    for (int i = 0; i < all.size(); i++) {
      Example example = all.get(i);
      int hash = GridInvariant.of(domain.frame(), example.tokens()).hashCode() * 0x9E3779B9;
      boolean isTest = Math.floorMod(hash ^ hash >>> 15, PER_CENT) < share;
      (isTest ? test : train).add(example, all.rating(i));
    }
    notes.add(
        "split test: %s of %s puzzles, by a key that all forms of a puzzle share; the others are train (testShare=%s)"
            .formatted(test.size(), all.size(), share));
    Map<String, ExampleSource> splits = new LinkedHashMap<>();
    if (train.size() > 0) {
      splits.put("train", train);
    }
    if (test.size() > 0) {
      splits.put("test", test);
    }
    return splits;
  }

  /** Each symmetry is checked alone first, so that a refusal names the one that breaks. */
  private static void checkSymmetries(
      GridDomain domain, Collection<ExampleSource> sources, List<String> notes) {
    if (!domain.gridSymmetries().any()) {
      notes.add("symmetries: none; symmetries=... makes more of each puzzle while training");
      return;
    }
    List<ExampleSource> all = new ArrayList<>(sources);
    for (String alone : domain.gridSymmetries().parts()) {
      new GridSymmetryCheck(
              GridProvider.domain(
                  domain.alphabet(), domain.frame(), domain.rules().written(), alone))
          .check(all);
    }
    notes.add(new GridSymmetryCheck(domain).check(all));
    if (domain.gridSymmetries().hasBands()) {
      notes.add(
          "duplicates up to bands are told by an invariant: different puzzles can count as equal,"
              + " equal ones never as different");
    }
  }
}
