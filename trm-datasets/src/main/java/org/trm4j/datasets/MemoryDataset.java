package org.trm4j.datasets;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;

/** A data set whose examples are held in memory; a plug-in may use it for its own puzzles. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class MemoryDataset implements Dataset {
  private final PuzzleDomain domain;
  private final Map<String, List<Example>> splits;
  private final int puzzleIdentifiers;

  /**
   * Creates a data set.
   *
   * @param splits examples by split, such as {@code train} and {@code test}
   * @param puzzleIdentifiers rows that a puzzle embedding table needs
   */
  public MemoryDataset(
      PuzzleDomain domain, Map<String, List<Example>> splits, int puzzleIdentifiers) {
    this.domain = domain;
    this.splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    this.puzzleIdentifiers = puzzleIdentifiers;
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
    List<Example> examples = splits.get(name);
    if (examples == null) {
      throw new DatasetException(
          "data set %s: no split %s, there are %s".formatted(domain.id(), name, splits.keySet()));
    }
    return new ExampleSource() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public Example get(int index) {
        return examples.get(index);
      }
    };
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    return new ShuffledStream(split("train"), domain, seed, augment);
  }

  @Override
  public Evaluator evaluator(String split) {
    return new Evaluator() {
      @Override
      public void accept(int index, int[] prediction, float haltLogit) {
        // Exact and token accuracy say all there is to say.
      }

      @Override
      public Map<String, Double> report() {
        return Map.of();
      }

      @Override
      public void write(Path folder) {
        // There are no result files.
      }
    };
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
