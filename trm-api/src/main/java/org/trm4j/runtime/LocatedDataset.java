package org.trm4j.runtime;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.PluginRegistry;

/** A data set that knows where it came from. */
final class LocatedDataset implements Dataset {
  private final Dataset dataset;
  private final PluginRegistry plugins;
  private final DatasetLocation location;
  private @Nullable List<Dataset.Origin> origins;

  LocatedDataset(PluginRegistry plugins, Dataset dataset, DatasetLocation location) {
    this.plugins = plugins;
    this.dataset = dataset;
    this.location = location;
  }

  /** Reads the files again, the first time only. */
  @Override
  public synchronized List<Dataset.Origin> origins() {
    List<Dataset.Origin> found = origins;
    if (found == null) {
      found = List.of(Datasets.origin(plugins, location));
      origins = found;
    }
    return found;
  }

  @Override
  public Dataset unwrap() {
    return dataset.unwrap();
  }

  @Override
  public PuzzleDomain domain() {
    return dataset.domain();
  }

  @Override
  public int puzzleIdentifiers() {
    return dataset.puzzleIdentifiers();
  }

  @Override
  public List<String> identifierNames() {
    return dataset.identifierNames();
  }

  @Override
  public Set<String> splits() {
    return dataset.splits();
  }

  @Override
  public ExampleSource split(String name) {
    return dataset.split(name);
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    return dataset.trainingStream(seed, augment);
  }

  @Override
  public Evaluator evaluator(String split) {
    return dataset.evaluator(split);
  }

  @Override
  public List<Dataset.SkippedRow> skipped() {
    return dataset.skipped();
  }

  @Override
  public List<String> notes() {
    return dataset.notes();
  }

  @Override
  public void close() {
    dataset.close();
  }
}
