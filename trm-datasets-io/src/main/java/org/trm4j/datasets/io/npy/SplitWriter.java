package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.operation.Loss;

/**
 * Writes one split as the published builders do: examples, then the end of their puzzle, then the
 * end of the puzzle's group. Nothing is held in memory. Not thread-safe.
 *
 * <p>Labels that do not count are written as 0, which dataset.json names as the label to ignore.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SplitWriter implements AutoCloseable {
  private final Path folder;
  private final int seqLen;
  private final int vocabSize;
  private final NpyWriter inputs;
  private final NpyWriter labels;
  private final NpyWriter identifiers;
  private final NpyWriter puzzles;
  private final NpyWriter groups;
  private final byte[] row;

  /** Begins a split; the folder is made. */
  public SplitWriter(Path folder, int seqLen, int vocabSize) {
    if (vocabSize > 256) {
      throw new DatasetException(
          "%s: vocabulary of %s, expected at most 256".formatted(folder, vocabSize));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be made: %s".formatted(folder, e), e);
    }
    this.folder = folder;
    this.seqLen = seqLen;
    this.vocabSize = vocabSize;
    this.inputs = NpyWriter.bytes(folder.resolve("all__inputs.npy"), seqLen);
    this.labels = NpyWriter.bytes(folder.resolve("all__labels.npy"), seqLen);
    this.identifiers = NpyWriter.integers(folder.resolve("all__puzzle_identifiers.npy"));
    this.puzzles = NpyWriter.integers(folder.resolve("all__puzzle_indices.npy"));
    this.groups = NpyWriter.integers(folder.resolve("all__group_indices.npy"));
    this.row = new byte[seqLen];
    puzzles.value(0);
    groups.value(0);
  }

  /** Adds an example to the current puzzle. */
  public void example(Example example) {
    inputs.row(bytes(example.tokens()));
    labels.row(bytes(example.labels()));
  }

  private byte[] bytes(int[] tokens) {
    if (tokens.length != seqLen) {
      throw new DatasetException(
          "%s: example of %s tokens, expected %s".formatted(folder, tokens.length, seqLen));
    }
    for (int i = 0; i < seqLen; i++) {
      row[i] = (byte) (tokens[i] == Loss.IGNORED ? 0 : tokens[i]);
    }
    return row;
  }

  /** Adds an example to the current puzzle, given as bytes that may be used again. */
  public void example(byte[] tokens, byte[] answer) {
    inputs.row(tokens);
    labels.row(answer);
  }

  /**
   * Ends the current puzzle. Throws {@link DatasetException} when the thread is interrupted; the
   * folder is then incomplete.
   */
  public void endPuzzle(int identifier) {
    if (Thread.currentThread().isInterrupted()) {
      throw new DatasetException("%s: interrupted, the folder is incomplete".formatted(folder));
    }
    identifiers.value(identifier);
    puzzles.value(Math.toIntExact(inputs.rows()));
  }

  /** Ends the current group: a puzzle and its augmentations. */
  public void endGroup() {
    groups.value(Math.toIntExact(identifiers.rows()));
  }

  /** Returns how many examples were written. */
  public long examples() {
    return inputs.rows();
  }

  /** Returns how many puzzles were ended. */
  public long puzzles() {
    return identifiers.rows();
  }

  /** Closes the arrays and writes dataset.json. */
  public void finish(int numPuzzleIdentifiers) {
    close();
    new NpyMetadata(
            seqLen,
            vocabSize,
            0,
            numPuzzleIdentifiers,
            Math.toIntExact(groups.rows() - 1),
            (double) inputs.rows() / identifiers.rows(),
            Math.toIntExact(identifiers.rows()))
        .write(folder);
  }

  /** Closes the arrays. */
  @Override
  public void close() {
    List.of(inputs, labels, identifiers, puzzles, groups).forEach(NpyWriter::close);
  }
}
