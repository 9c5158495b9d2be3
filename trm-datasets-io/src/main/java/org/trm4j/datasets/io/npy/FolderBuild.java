package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.io.json.JsonFiles;

/**
 * Writes a data set of puzzles without identity as the published builders do: each training example
 * makes a group of itself and its augmentations, other splits are written as they are.
 *
 * @param augmentations of each training example; where its domain lists all symmetries ({@link
 *     Symmetry.Family#all}), these in their order, at most all of them
 * @param seed of the augmentations
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record FolderBuild(int augmentations, long seed) {
  /** Checks the number. */
  public FolderBuild {
    if (augmentations < 0) {
      throw new IllegalArgumentException(
          "build: %s augmentations, expected at least 0".formatted(augmentations));
    }
  }

  /**
   * Writes the folder, which must be empty or absent; nothing is held in memory.
   *
   * @return examples by split
   */
  public Map<String, Long> write(Dataset dataset, Path folder) {
    EndlessDataset.refuse(dataset);
    empty(folder);
    Augmentation augmentation = augmentation(dataset);
    Map<String, Long> examples = new LinkedHashMap<>();
    for (String split : dataset.splits()) {
      ExampleSource source = dataset.split(split);
      try (SplitWriter writer =
          new SplitWriter(
              folder.resolve(split), dataset.domain().seqLen(), dataset.domain().vocabSize())) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < source.size(); i++) {
          group(
              writer,
              dataset.domain(),
              source.get(i),
              split.equals("train") ? augmentation : null,
              random);
        }
        writer.finish(dataset.puzzleIdentifiers());
        examples.put(split, writer.examples());
      }
    }
    JsonFiles.write(folder.resolve(JsonFiles.IDENTIFIERS), List.of(JsonFiles.BLANK));
    BuiltFolder.write(folder, dataset.domain());
    return examples;
  }

  private @Nullable Augmentation augmentation(Dataset dataset) {
    if (augmentations == 0) {
      return null;
    }
    if (!dataset.splits().contains("train")) {
      throw new DatasetException(
          "build: %s augmentations have no effect: there is no training split; name the file train*, or write ?split=train"
              .formatted(augmentations));
    }
    Augmentation augmentation =
        dataset
            .domain()
            .augmentation()
            .orElseThrow(() ->
                new DatasetException(
                    "build: data set %s has no augmentation".formatted(dataset.domain().id())));
    ExampleSource train = dataset.split("train");
    if (train.size() > 0) {
      // Refuses too many before anything is written.
      listed(dataset.domain(), train.get(0).tokens());
    }
    return augmentation;
  }

  /** Returns all symmetries of a question; empty if the domain lists none. */
  private List<Symmetry> listed(PuzzleDomain domain, int[] question) {
    List<Symmetry> all =
        domain.symmetries().map(symmetries -> symmetries.all(question)).orElse(List.of());
    if (!all.isEmpty() && augmentations >= all.size()) {
      throw new DatasetException(
          "build: %s augmentations, expected at most %s for %s"
              .formatted(augmentations, all.size() - 1, domain.id()));
    }
    return all;
  }

  private void group(
      SplitWriter writer,
      PuzzleDomain domain,
      Example example,
      @Nullable Augmentation augmentation,
      SplittableRandom random) {
    puzzle(writer, example);
    if (augmentation != null) {
      List<Symmetry> listed = listed(domain, example.tokens());
      for (int i = 1; i <= augmentations; i++) {
        puzzle(
            writer,
            listed.isEmpty()
                ? augmentation.augment(example, random)
                : listed.get(i).apply(example));
      }
    }
    writer.endGroup();
  }

  private static void puzzle(SplitWriter writer, Example example) {
    writer.example(example);
    writer.endPuzzle(example.puzzleIdentifier());
  }

  /** Makes a folder; throws {@link DatasetException} where there is one that holds something. */
  public static void empty(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new DatasetException(
              "%s: is not empty; name a new folder, or empty this one".formatted(folder));
        }
      }
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be made: %s".formatted(folder, e), e);
    }
  }
}
