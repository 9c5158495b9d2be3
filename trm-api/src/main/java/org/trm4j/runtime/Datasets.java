package org.trm4j.runtime;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;

/** Opens data sets and reads puzzles that people type or paste. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Datasets {
  private Datasets() {}

  /** Opens a file or folder with the reader of its data set. */
  private static Dataset read(
      PluginRegistry plugins, String id, Path path, Map<String, String> options) {
    DatasetProvider provider = plugins.datasets().get(id);
    DatasetReader reader = plugins.datasetReaders().usable().get(id);
    return reader == null ? provider.open(path, options) : reader.open(path, options);
  }

  /** Generates a data set with its plug-in. */
  private static Dataset generate(PluginRegistry plugins, String id, Map<String, String> options) {
    DatasetProvider provider = plugins.datasets().get(id);
    if (!provider.generates()) {
      throw new PluginException(
          "data set %s: has no generator; give a file or folder".formatted(id));
    }
    return provider.generate(options);
  }

  /** Opens or generates a data set that knows where it came from. */
  public static Dataset open(PluginRegistry plugins, DatasetLocation location) {
    String id = location.provider();
    Dataset opened =
        location.path().isEmpty()
            ? generate(plugins, id, location.options())
            : read(plugins, id, Path.of(location.path()), location.options());
    return new LocatedDataset(plugins, opened, location);
  }

  /** Returns what is there now; reads all of the files, for their digest. */
  static Dataset.Origin origin(PluginRegistry plugins, DatasetLocation location) {
    String id = location.provider();
    if (!location.path().isEmpty()) {
      return new Dataset.Origin(
          id, location.path(), location.options(), ContentDigest.of(Path.of(location.path())), 0);
    }
    DatasetProvider plugin = plugins.datasets().get(id);
    Map<String, String> all = new HashMap<>();
    plugin.options().stream()
        .filter(option -> !option.defaultValue().isEmpty())
        .forEach(option -> all.put(option.name(), option.defaultValue()));
    all.putAll(location.options());
    return new Dataset.Origin(id, "", all, "", plugin.generatorVersion());
  }

  /**
   * Returns the questions of a text file by line, as the codec of a data set's domain reads them;
   * empty if nothing reads its texts.
   *
   * @param domainOptions options of the domain
   */
  public static SortedMap<Long, String> questions(
      PluginRegistry plugins, String id, Path file, Map<String, String> domainOptions) {
    DatasetReader reader = plugins.datasetReaders().usable().get(id);
    return reader == null ? Collections.emptySortedMap() : reader.questions(file, domainOptions);
  }

  /**
   * Returns a puzzle as a person types or pastes it in the form that the codec reads: with borders,
   * separators, as a list of lists, or as an address, it is read as a file of it would be. Text
   * that is not one puzzle in such a file either is returned as it is, so that the codec says what
   * it expects.
   *
   * @throws DatasetException if a temporary file for the reader cannot be written
   */
  public static String question(PluginRegistry plugins, PuzzleDomain domain, String pasted) {
    String text = pasted.strip();
    if (reads(domain.codec(), text)) {
      return text;
    }
    String spaced = pasted.replaceAll("\\A[\r\n]+|[\r\n]+\\z", "");
    for (String cells : List.of(spaced, domain.codec().grid().cells(spaced))) {
      // A maze begins and ends with spaces that are cells.
      if (reads(domain.codec(), cells)) {
        return cells;
      }
    }
    String read = single(plugins, domain, pasted);
    return read != null && (text.lines().count() > 1 || reads(domain.codec(), read)) ? read : text;
  }

  /**
   * Returns the tokens [S] of an answer as a person types or pastes it.
   *
   * @throws InvalidPuzzleException that says which characters and how many are expected
   */
  public static int[] answer(PluginRegistry plugins, PuzzleDomain domain, String pasted) {
    try {
      return domain.encodeAnswer(pasted);
    } catch (InvalidPuzzleException e) {
      return domain.encodeAnswer(question(plugins, domain, pasted));
    }
  }

  /** Returns whether a codec reads a puzzle as it is. */
  public static boolean reads(PuzzleCodec codec, String puzzle) {
    try {
      codec.encode(puzzle);
      return true;
    } catch (InvalidPuzzleException e) {
      return false;
    }
  }

  private static @Nullable String single(
      PluginRegistry plugins, PuzzleDomain domain, String pasted) {
    try {
      Path copy = Files.createTempFile("puzzle", ".txt");
      try {
        Files.writeString(copy, pasted + "\n");
        SortedMap<Long, String> found = questions(plugins, domain.id(), copy, domain.options());
        return found.size() == 1 ? found.firstEntry().getValue() : null;
      } catch (DatasetException | CharacterCodingException e) {
        // No puzzle, or no text at all: half a surrogate pair.
        return null;
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new DatasetException(
          "puzzle: a temporary file to read it from cannot be written: " + e.getMessage(), e);
    }
  }

  /** Returns the options that reading the files of a data set takes; empty if nothing does. */
  public static List<DatasetProvider.Option> readingOptions(PluginRegistry plugins, String id) {
    DatasetReader reader = plugins.datasetReaders().usable().get(id);
    return reader == null ? List.of() : reader.options();
  }
}
