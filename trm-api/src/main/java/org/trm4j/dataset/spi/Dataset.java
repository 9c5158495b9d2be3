package org.trm4j.dataset.spi;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** An opened data set. Thread-safe. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Dataset extends AutoCloseable {

  /** Returns the puzzle domain: sequence length, vocabulary, codec, verifier. */
  PuzzleDomain domain();

  /**
   * Returns the rows that a puzzle embedding table needs; 1 where puzzles have no identity of their
   * own.
   */
  int puzzleIdentifiers();

  /**
   * Returns the names of its puzzles by identifier, such as ARC tasks with their augmentations;
   * empty where they have none. A model keeps them, and is matched by them.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  default List<String> identifierNames() {
    return List.of();
  }

  /** Returns the names of its splits, such as {@code train} and {@code test}. */
  Set<String> splits();

  /** Returns a split; throws {@link DatasetException} that names the splits there are. */
  ExampleSource split(String name);

  /**
   * Returns training examples of the {@code train} split.
   *
   * @param augment whether each is augmented (where the domain has an augmentation)
   */
  ExampleStream trainingStream(long seed, boolean augment);

  /**
   * Returns a fresh evaluator for a split, for what token accuracy does not tell; its report may be
   * empty.
   */
  Evaluator evaluator(String split);

  /** Returns what was left out when it was opened, in the order of the files. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default List<SkippedRow> skipped() {
    return List.of();
  }

  /**
   * Returns what the training examples come from; empty where it does not know. May read all files.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default List<DataOrigin> origins() {
    return List.of();
  }

  /** Returns the data set that a plug-in made, where this one only stands before it. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default Dataset unwrap() {
    return this;
  }

  /**
   * Returns how its files were read, a line each: which file is which split, what was found out or
   * assumed about symbols and shape, what was not read.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default List<String> notes() {
    return List.of();
  }

  /** Closes files; a second call does nothing. */
  @Override
  void close();
}
