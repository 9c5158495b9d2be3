package org.trm4j.datasets.io.npy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.plan.operation.Loss;

/**
 * One split of a builder's folder: examples, grouped into puzzles (which share an identifier),
 * grouped into groups (a puzzle and its augmentations).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NpySplit implements ExampleSource, GroupIndex, AutoCloseable {
  private final Path folder;
  private final NpyMetadata metadata;
  private final NpyArray inputs;
  private final NpyArray labels;
  private final NpyArray identifiers;
  private final NpyArray puzzles;
  private final NpyArray groups;

  private NpySplit(Path folder) {
    this.folder = folder;
    this.metadata = NpyMetadata.read(folder);
    this.inputs = NpyArray.open(folder.resolve("all__inputs.npy"));
    this.labels = NpyArray.open(folder.resolve("all__labels.npy"));
    this.identifiers = NpyArray.open(folder.resolve("all__puzzle_identifiers.npy"));
    this.puzzles = NpyArray.open(folder.resolve("all__puzzle_indices.npy"));
    this.groups = NpyArray.open(folder.resolve("all__group_indices.npy"));
    if (inputs.shape().size() != 2 || inputs.shape().get(1) != metadata.seqLen()) {
      throw new DatasetException(
          "%s: all__inputs.npy has shape %s, expected [examples, %s]"
              .formatted(folder, inputs.shape(), metadata.seqLen()));
    }
    if (!labels.shape().equals(inputs.shape())) {
      throw new DatasetException(
          "%s: all__labels.npy has shape %s, expected %s"
              .formatted(folder, labels.shape(), inputs.shape()));
    }
    if (puzzles.length() != identifiers.length() + 1) {
      throw new DatasetException(
          "%s: all__puzzle_indices.npy has %s entries, expected %s (one more than puzzles)"
              .formatted(folder, puzzles.length(), identifiers.length() + 1));
    }
    ascending(folder.resolve("all__puzzle_indices.npy"), puzzles, inputs.length());
    ascending(folder.resolve("all__group_indices.npy"), groups, identifiers.length());
    for (int i = 0; i < identifiers.length(); i++) {
      if (identifiers.get(i) < 0 || identifiers.get(i) >= metadata.numPuzzleIdentifiers()) {
        throw new DatasetException(
            "%s: all__puzzle_identifiers.npy: entry %s is %s, expected 0 to %s"
                .formatted(folder, i, identifiers.get(i), metadata.numPuzzleIdentifiers() - 1));
      }
    }
  }

  private static void ascending(Path file, NpyArray indices, int end) {
    int before = 0;
    for (int i = 0; i < indices.length(); i++) {
      int value = indices.get(i);
      if (i == 0 ? value != 0 : value <= before) {
        throw new DatasetException(
            "%s: entry %s is %s, expected %s"
                .formatted(file, i, value, i == 0 ? "0" : "more than " + before));
      }
      before = value;
    }
    if (indices.length() == 0 || before != end) {
      throw new DatasetException("%s: ends at %s, expected %s".formatted(file, before, end));
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

  @Override
  public int groups() {
    return groups.length() - 1;
  }

  @Override
  public int firstPuzzle(int group) {
    return groups.get(group);
  }

  @Override
  public int firstExample(int puzzle) {
    return puzzles.get(puzzle);
  }

  /** Returns the number of puzzles. */
  public int puzzles() {
    return identifiers.length();
  }

  @Override
  public int size() {
    return inputs.length();
  }

  /** Returns the identifier of an example's puzzle. */
  public int identifier(int example) {
    return identifiers.get(puzzleOf(example));
  }

  @Override
  public Example get(int index) {
    Objects.checkIndex(index, size());
    int[] question = inputs.row(index);
    int[] answer = labels.row(index);
    for (int i = 0; i < answer.length; i++) {
      checkToken("all__inputs.npy", index, i, question[i]);
      if (answer[i] == metadata.ignoreLabel()) {
        answer[i] = Loss.IGNORED;
      } else {
        checkToken("all__labels.npy", index, i, answer[i]);
      }
    }
    return new Example(question, answer, identifiers.get(puzzleOf(index)));
  }

  /** Closes the files; a second call does nothing. */
  @Override
  public void close() {
    for (NpyArray array : List.of(inputs, labels, identifiers, puzzles, groups)) {
      array.close();
    }
  }

  private void checkToken(String file, int row, int column, int token) {
    if (token < 0 || token >= metadata.vocabSize()) {
      throw new DatasetException(
          "%s: row %s, column %s is %s, expected 0 to %s (vocab_size %s)"
              .formatted(
                  folder.resolve(file),
                  row,
                  column,
                  token,
                  metadata.vocabSize() - 1,
                  metadata.vocabSize()));
    }
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

  /** Returns the reference's sampling without end: {@link GroupSampler#next}. */
  public ExampleStream groupwise(long seed) {
    return new GroupStream(this, this, seed);
  }
}
