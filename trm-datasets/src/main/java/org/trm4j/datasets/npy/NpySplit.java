package org.trm4j.datasets.npy;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.plan.Loss;

/**
 * One split of a builder's folder: examples, grouped into puzzles (which share an identifier),
 * grouped into groups (a puzzle and its augmentations).
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class NpySplit implements ExampleSource {
  private final NpyMetadata metadata;
  private final NpyArray inputs;
  private final NpyArray labels;
  private final NpyArray identifiers;
  private final NpyArray puzzles;
  private final NpyArray groups;

  private NpySplit(Path folder) {
    this.metadata = NpyMetadata.read(folder);
    this.inputs = NpyArray.open(folder.resolve("all__inputs.npy"));
    this.labels = NpyArray.open(folder.resolve("all__labels.npy"));
    this.identifiers = NpyArray.open(folder.resolve("all__puzzle_identifiers.npy"));
    this.puzzles = NpyArray.open(folder.resolve("all__puzzle_indices.npy"));
    this.groups = NpyArray.open(folder.resolve("all__group_indices.npy"));
    if (inputs.shape().size() != 2 || inputs.shape().get(1) != metadata.seqLen()) {
      throw new DatasetException(
          "%s: all__inputs.npy has shape %s, expected [examples, %d]"
              .formatted(folder, inputs.shape(), metadata.seqLen()));
    }
    if (!labels.shape().equals(inputs.shape())) {
      throw new DatasetException(
          "%s: all__labels.npy has shape %s, expected %s"
              .formatted(folder, labels.shape(), inputs.shape()));
    }
    if (puzzles.length() != identifiers.length() + 1
        || puzzles.get(identifiers.length()) != inputs.length()) {
      throw new DatasetException(
          "%s: all__puzzle_indices.npy does not cover the examples".formatted(folder));
    }
    if (groups.get(groups.length() - 1) != identifiers.length()) {
      throw new DatasetException(
          "%s: all__group_indices.npy does not cover the puzzles".formatted(folder));
    }
  }

  /** Opens a split's folder. */
  public static NpySplit open(Path folder) {
    return new NpySplit(folder);
  }

  /** Returns its dataset.json. */
  public NpyMetadata metadata() {
    return metadata;
  }

  /** Returns the number of groups. */
  public int groups() {
    return groups.length() - 1;
  }

  /** Returns the number of puzzles. */
  public int puzzles() {
    return identifiers.length();
  }

  @Override
  public int size() {
    return inputs.length();
  }

  @Override
  public Example get(int index) {
    int[] answer = labels.row(index);
    for (int i = 0; i < answer.length; i++) {
      answer[i] = answer[i] == metadata.ignoreLabel() ? Loss.IGNORED : answer[i];
    }
    return new Example(inputs.row(index), answer, identifiers.get(puzzleOf(index)));
  }

  private int puzzleOf(int example) {
    int low = 0;
    int high = identifiers.length() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (puzzles.get(middle) <= example) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Returns the reference's sampling: groups in random order, of each a random puzzle, of it all
   * examples shuffled.
   */
  public ExampleStream groupwise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[groups()];
    return new ExampleStream() {
      private int group = order.length;
      private int[] examples = {};
      private int at;

      @Override
      public Example next() {
        while (at == examples.length) {
          if (group == order.length) {
            shuffle(order, 0, random);
            group = 0;
          }
          int first = groups.get(order[group]);
          int puzzle = first + random.nextInt(groups.get(order[group] + 1) - first);
          group++;
          examples = new int[puzzles.get(puzzle + 1) - puzzles.get(puzzle)];
          shuffle(examples, puzzles.get(puzzle), random);
          at = 0;
        }
        return get(examples[at++]);
      }
    };
  }

  /** Fills with from, from + 1, ... in random order. */
  private static void shuffle(int[] target, int from, SplittableRandom random) {
    for (int i = 0; i < target.length; i++) {
      int j = random.nextInt(i + 1);
      target[i] = target[j];
      target[j] = from + i;
    }
  }
}
