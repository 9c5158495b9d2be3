package org.trm4j.cli.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.plugin.Datasets;

/**
 * A puzzle as a person types or pastes it. What the codec does not read as it is, with borders,
 * separators, as a list of lists, or as an address, is read as a file of it would be.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class PastedPuzzle {
  private PastedPuzzle() {}

  /**
   * Returns the text that the codec reads; the puzzle as it is where the reader of files makes no
   * single puzzle of it either, so that the codec says what it expects.
   *
   * @param id of the data set
   * @param options of its domain
   */
  public static String text(
      String puzzle, String id, PuzzleCodec codec, Map<String, String> options) {
    if (reads(codec, puzzle)) {
      return puzzle;
    }
    String read = read(puzzle, id, options);
    return read != null && (puzzle.lines().count() > 1 || reads(codec, read)) ? read : puzzle;
  }

  private static boolean reads(PuzzleCodec codec, String puzzle) {
    try {
      codec.encode(puzzle);
      return true;
    } catch (InvalidPuzzleException e) {
      return false;
    }
  }

  private static @Nullable String read(String puzzle, String id, Map<String, String> options) {
    try {
      Path copy = Files.createTempFile("puzzle", ".txt");
      try {
        Files.writeString(copy, puzzle + "\n");
        SortedMap<Long, String> found = Datasets.questions(id, copy, options);
        return found.size() == 1 ? found.firstEntry().getValue() : null;
      } catch (DatasetException e) {
        return null;
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file cannot be written: " + e.getMessage(), e);
    }
  }
}
