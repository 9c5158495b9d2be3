package org.trm4j.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.support.ExampleTable;
import org.trm4j.datasets.support.NoEvaluator;

/** A data set whose examples are held in memory; a plug-in may use it for its own puzzles. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MemoryDataset implements Dataset {
  private final PuzzleDomain domain;
  private final Map<String, ExampleSource> splits;
  private final int puzzleIdentifiers;
  private final List<Dataset.SkippedRow> skipped;
  private final List<String> notes;

  /**
   * Creates a data set.
   *
   * @param splits examples by split, such as {@code train} and {@code test}
   * @param puzzleIdentifiers rows that a puzzle embedding table needs
   */
  public MemoryDataset(
      PuzzleDomain domain, Map<String, List<Example>> splits, int puzzleIdentifiers) {
    this(domain, sources(splits), puzzleIdentifiers, List.of(), List.of());
  }

  private MemoryDataset(
      PuzzleDomain domain,
      Map<String, ExampleSource> splits,
      int puzzleIdentifiers,
      List<Dataset.SkippedRow> skipped,
      List<String> notes) {
    this.domain = domain;
    this.splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    this.puzzleIdentifiers = puzzleIdentifiers;
    this.skipped = List.copyOf(skipped);
    this.notes = List.copyOf(notes);
  }

  /**
   * Returns a data set of puzzles without identity.
   *
   * @param splits examples by split
   * @param skipped what was left out when they were read
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public static MemoryDataset of(
      PuzzleDomain domain,
      Map<String, ? extends ExampleSource> splits,
      List<Dataset.SkippedRow> skipped) {
    return new MemoryDataset(domain, new LinkedHashMap<>(splits), 1, skipped, List.of());
  }

  /** Returns the same data set with notes on how its files were read. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public MemoryDataset withNotes(List<String> notes) {
    return new MemoryDataset(domain, splits, puzzleIdentifiers, skipped, notes);
  }

  /**
   * Returns a data set of puzzles without identity, each with its rating.
   *
   * @param splits examples by split
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public static MemoryDataset rated(
      PuzzleDomain domain, Map<String, List<Example>> splits, ToIntFunction<Example> rating) {
    Map<String, ExampleSource> tables = new LinkedHashMap<>();
    splits.forEach((name, examples) -> {
      ExampleTable table = new ExampleTable(domain.seqLen());
      examples.forEach(example -> table.add(example, rating.applyAsInt(example)));
      tables.put(name, table);
    });
    return new MemoryDataset(domain, tables, 1, List.of(), List.of());
  }

  private static Map<String, ExampleSource> sources(Map<String, List<Example>> splits) {
    Map<String, ExampleSource> sources = new LinkedHashMap<>();
    splits.forEach((name, examples) -> sources.put(name, new ListSource(examples)));
    return sources;
  }

  private record ListSource(List<Example> examples) implements ExampleSource {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public Example get(int index) {
      return examples.get(index);
    }
  }

  @Override
  public PuzzleDomain domain() {
    return domain;
  }

  @Override
  public int puzzleIdentifiers() {
    return puzzleIdentifiers;
  }

  @Override
  public Set<String> splits() {
    return splits.keySet();
  }

  @Override
  public ExampleSource split(String name) {
    ExampleSource examples = splits.get(name);
    if (examples == null) {
      throw new DatasetException(
          "data set %s: no split %s, there are %s".formatted(domain.id(), name, splits.keySet()));
    }
    return examples;
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    return new ShuffledStream(split("train"), domain, seed, augment);
  }

  @Override
  public Evaluator evaluator(String split) {
    return new NoEvaluator();
  }

  @Override
  public List<Dataset.SkippedRow> skipped() {
    return skipped;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
