package org.trm4j.datasets.io.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * The contents of a data set.
 *
 * @param dataset id of its provider
 * @param options of its domain
 * @param seqLen S
 * @param vocabSize V
 * @param puzzleIdentifiers rows of the puzzle embedding table
 * @param splits by name
 * @param leaks questions of other splits that are questions of {@code train}
 * @param symmetricLeaks questions of other splits that are questions of {@code train} up to
 *     symmetry; -1 where the puzzle has no known symmetries
 * @param skipped what was left out when it was opened
 * @param notes how its files were read
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record DatasetReport(
    String dataset,
    Map<String, String> options,
    int seqLen,
    int vocabSize,
    int puzzleIdentifiers,
    Map<String, SplitReport> splits,
    int leaks,
    int symmetricLeaks,
    List<Dataset.SkippedRow> skipped,
    List<String> notes) {
  /** Copies the collections. */
  public DatasetReport {
    options = Map.copyOf(options);
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /**
   * Inspects a data set.
   *
   * @param most examples of a split to inspect; 0 for all
   */
  public static DatasetReport of(Dataset dataset, int most) {
    PuzzleDomain domain = dataset.domain();
    Map<String, SplitReport> splits = new LinkedHashMap<>();
    QuestionIndex training = new QuestionIndex(domain);
    int leaks = 0;
    int symmetricLeaks = domain.symmetry().isPresent() ? 0 : -1;
    for (String name : order(dataset)) {
      ExampleSource source = dataset.split(name);
      int looked = most == 0 ? source.size() : Math.min(most, source.size());
      QuestionIndex index = name.equals("train") ? training : new QuestionIndex(domain);
      splits.put(name, new SplitInspector(domain, source, looked, name).report(index));
      if (!name.equals("train")) {
        for (int i = 0; i < looked; i++) {
          QuestionIndex.Match match = training.find(source.get(i).tokens());
          leaks += match == QuestionIndex.Match.EQUAL ? 1 : 0;
          symmetricLeaks += match != QuestionIndex.Match.NEW && symmetricLeaks >= 0 ? 1 : 0;
        }
      }
    }
    return new DatasetReport(
        domain.id(),
        domain.options(),
        domain.seqLen(),
        domain.vocabSize(),
        dataset.puzzleIdentifiers(),
        splits,
        leaks,
        symmetricLeaks,
        dataset.skipped(),
        dataset.notes());
  }

  /** Training questions come first: the others are looked up among them. */
  private static List<String> order(Dataset dataset) {
    return dataset.splits().stream()
        .sorted((a, b) -> Boolean.compare(!a.equals("train"), !b.equals("train")))
        .toList();
  }
}
