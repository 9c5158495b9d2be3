package org.trm4j.datasets.io.npy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.support.NoEvaluator;

/** A builder's folder: {@code train/} and {@code test/}, or the folder of a single split. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NpyDataset implements Dataset {
  private final PuzzleDomain domain;
  private final Map<String, NpySplit> splits;
  private final List<String> notes;

  private NpyDataset(PuzzleDomain domain, Map<String, NpySplit> splits, List<String> notes) {
    this.domain = domain;
    this.splits = splits;
    this.notes = List.copyOf(notes);
  }

  /**
   * Returns the folder of some split, from which the metadata can be read, or null if there is
   * none.
   */
  public static @Nullable Path anySplit(Path folder) {
    for (Path candidate : new Path[] {folder, folder.resolve("train"), folder.resolve("test")}) {
      if (Files.isRegularFile(candidate.resolve(NpyMetadata.FILE))
          && Files.isRegularFile(candidate.resolve("all__inputs.npy"))) {
        return candidate;
      }
    }
    return null;
  }

  /**
   * Opens a folder. A single split is called train when its folder's name starts so, and test
   * otherwise.
   */
  public static NpyDataset open(Path folder, PuzzleDomain domain) {
    Map<String, NpySplit> splits = new LinkedHashMap<>();
    if (Files.isRegularFile(folder.resolve(NpyMetadata.FILE))) {
      splits.put(splitName(folder), NpySplit.open(folder));
    } else {
      for (String name : new String[] {"train", "test"}) {
        if (Files.isDirectory(folder.resolve(name))) {
          splits.put(name, NpySplit.open(folder.resolve(name)));
        }
      }
    }
    for (NpySplit split : splits.values()) {
      if (split.metadata().seqLen() != domain.seqLen()
          || split.metadata().vocabSize() != domain.vocabSize()) {
        throw new DatasetException(
            "%s: sequences of %s with vocabulary %s, expected %s and %s for %s"
                .formatted(
                    folder,
                    split.metadata().seqLen(),
                    split.metadata().vocabSize(),
                    domain.seqLen(),
                    domain.vocabSize(),
                    domain.id()));
      }
    }
    return new NpyDataset(domain, splits, NpyNotes.of(folder, splits.keySet(), domain));
  }

  private static String splitName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name != null && name.toString().startsWith("train") ? "train" : "test";
  }

  @Override
  public PuzzleDomain domain() {
    return domain;
  }

  @Override
  public int puzzleIdentifiers() {
    return splits.values().stream()
        .mapToInt(s -> s.metadata().numPuzzleIdentifiers())
        .max()
        .orElse(1);
  }

  @Override
  public Set<String> splits() {
    return splits.keySet();
  }

  @Override
  public NpySplit split(String name) {
    NpySplit split = splits.get(name);
    if (split == null) {
      throw new DatasetException(
          "data set %s: no split %s, there are %s".formatted(domain.id(), name, splits.keySet()));
    }
    return split;
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    ExampleStream examples = split("train").groupwise(seed);
    Augmentation augmentation = domain.augmentation().orElse(null);
    return augment && augmentation != null
        ? new AugmentedStream(examples, augmentation, ~seed)
        : examples;
  }

  @Override
  public Evaluator evaluator(String split) {
    return new NoEvaluator();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    splits.values().forEach(NpySplit::close);
  }
}
