package org.trm4j.cli.solve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;

/**
 * Puzzles in text, in the forms in which the files of the data set are read.
 *
 * @param name of the source, for messages
 * @param lines with their numbers in the source
 */
record PuzzleLines(String name, List<Line> lines) {
  /** A line and its number, from 1. */
  record Line(long number, String text) {}

  /** Returns a puzzle as it was typed or pasted. */
  static PuzzleLines of(String puzzle, ModelDescription model) {
    DatasetProvider known = Trm.standard().plugins().datasets().usable().get(model.domain());
    String text =
        known == null
            ? puzzle
            : Trm.standard().question(known.domain(model.domainOptions()), puzzle);
    return new PuzzleLines("--puzzle", List.of(new Line(1, text)));
  }

  /**
   * Reads a file, or standard input where it is {@code -}, as the reader of the data set's files
   * does; at least one puzzle is expected.
   *
   * @param model whose domain says how they are read
   */
  static PuzzleLines read(String file, InputStream standardInput, ModelDescription model)
      throws IOException {
    if (file.equals("-")) {
      Path copy = Files.createTempFile("puzzles", ".txt");
      try {
        Files.copy(standardInput, copy, StandardCopyOption.REPLACE_EXISTING);
        return new PuzzleLines("standard input", lines(copy, "standard input", model));
      } finally {
        Files.deleteIfExists(copy);
      }
    }
    String prefix = model.domain() + ":";
    DatasetLocation location =
        file.contains("?") && !isFile(file)
            ? DataText.locate(file.startsWith(prefix) ? file : prefix + file)
            : new DatasetLocation(model.domain(), file, Map.of());
    Path path = Path.of(location.path());
    if (!isFile(location.path())) {
      throw new InvalidPuzzleException(file + ": no such file");
    }
    return new PuzzleLines(
        location.path(), lines(path, location.path(), model, location.options()));
  }

  private static boolean isFile(String path) {
    try {
      return !path.isEmpty() && Files.isRegularFile(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<Line> lines(Path file, String name, ModelDescription model)
      throws IOException {
    return lines(file, name, model, Map.of());
  }

  /**
   * Reads a file.
   *
   * @param given options of the reader, which the model's domain does not know
   */
  private static List<Line> lines(
      Path file, String name, ModelDescription model, Map<String, String> given)
      throws IOException {
    Map<String, String> options = new LinkedHashMap<>(model.domainOptions());
    List<String> known =
        Trm.standard().readingOptions(model.domain()).stream()
            .map(DatasetProvider.Option::name)
            .toList();
    given.forEach((option, value) -> {
      if (!known.contains(option)) {
        throw new InvalidPuzzleException(
            "%s: unknown option %s, expected one of %s"
                .formatted(name, option, String.join(", ", known)));
      }
      options.put(option, value);
    });
    if (Files.size(file) == 0) {
      throw new InvalidPuzzleException(name + ": holds no puzzles");
    }
    try {
      List<Line> lines = new ArrayList<>();
      Trm.standard()
          .questions(model.domain(), file, options)
          .forEach((number, question) -> lines.add(new Line(number, question)));
      return lines.isEmpty() ? plain(file, name) : lines;
    } catch (DatasetException e) {
      throw new InvalidPuzzleException(
          String.valueOf(e.getMessage()).replace(file.toString(), name));
    }
  }

  private static List<Line> plain(Path file, String name) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
      String text;
      for (int number = 1; (text = reader.readLine()) != null; number++) {
        if (!text.isBlank() && !text.startsWith("#")) {
          lines.add(new Line(number, text));
        }
      }
    } catch (CharacterCodingException e) {
      throw new InvalidPuzzleException(name + ": is not text in UTF-8");
    }
    if (lines.isEmpty()) {
      throw new InvalidPuzzleException(name + ": holds no puzzles");
    }
    return lines;
  }
}
