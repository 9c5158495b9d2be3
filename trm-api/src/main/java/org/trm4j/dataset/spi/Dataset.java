package org.trm4j.dataset.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
   * empty if they have none. A model keeps them, and is matched by them.
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
   * Returns what the training examples come from; empty if it does not know. May read all files.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default List<Origin> origins() {
    return List.of();
  }

  /** Returns the data set that a plug-in made, where this one only stands before it. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default Dataset unwrap() {
    return this;
  }

  /**
   * Returns how its files were read, one line each: which file is which split, what was found out
   * or assumed about symbols and shape, what was not read.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default List<String> notes() {
    return List.of();
  }

  /** Closes files; a second call does nothing. */
  @Override
  void close();

  /**
   * Data that was left out because it is not a valid puzzle.
   *
   * @param file the file it stands in
   * @param line its line, counted from 1; 0 if the file has no lines that matter
   * @param reason what is wrong with it, one line
   */
  record SkippedRow(String file, long line, String reason) {

    /** Returns {@code file: line 7: reason}. */
    @Override
    public String toString() {
      return line == 0 ? file + ": " + reason : "%s: line %s: %s".formatted(file, line, reason);
    }
  }

  /**
   * The origin of examples, precise enough to find the same examples again.
   *
   * @param dataset id of the data set provider
   * @param path file or folder; empty for generated examples
   * @param options of the provider; for generated examples all of them, for files those given
   * @param sha256 of the content of a file, in hexadecimal digits; of a folder that of the lines
   *     {@code digest name} of its files by name, as {@code sha256sum} prints them; empty for
   *     generated examples
   * @param generatorVersion {@link DatasetProvider#generatorVersion()}; 0 for files
   */
  record Origin(
      String dataset,
      String path,
      Map<String, String> options,
      String sha256,
      int generatorVersion) {
    /** Copies the options. */
    public Origin {
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** Returns whether both are of the same content; the same files may lie elsewhere. */
    public boolean sameContent(Origin other) {
      return dataset.equals(other.dataset)
          && options.equals(other.options)
          && sha256.equals(other.sha256)
          && generatorVersion == other.generatorVersion;
    }

    /** Returns one line such as {@code sudoku {size=9, ...}, generator 1}. */
    @Override
    public String toString() {
      return path.isEmpty()
          ? "%s %s, generator %s".formatted(dataset, options, generatorVersion)
          : "%s%s, SHA-256 %.12s..."
              .formatted(path, options.isEmpty() ? "" : " " + options, sha256);
    }
  }
}
