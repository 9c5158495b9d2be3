package org.trm4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.plugin.Datasets;

/**
 * Puzzles in text, in the forms in which the files of the data set are read.
 *
 * @param name of the source, for messages
 * @param lines with their numbers in the source
 */
record PuzzleLines(String name, List<Line> lines) {
  /** A line and its number, from 1. */
  record Line(long number, String text) {}

  /**
   * Returns a puzzle as it was typed or pasted: one over several lines, with borders and spaces, is
   * read as a file of it would be.
   */
  static PuzzleLines of(String puzzle, ModelDescription model) throws IOException {
    List<Line> typed = List.of(new Line(1, puzzle));
    if (puzzle.lines().count() < 2) {
      return new PuzzleLines("--puzzle", typed);
    }
    Path copy = Files.createTempFile("puzzle", ".txt");
    try {
      Files.writeString(copy, puzzle + "\n");
      List<Line> read = lines(copy, "--puzzle", model);
      // Several puzzles, or none that the reader knows: the codec says what it expects.
      return new PuzzleLines("--puzzle", read.size() == 1 ? read : typed);
    } finally {
      Files.deleteIfExists(copy);
    }
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
    if (!Files.isRegularFile(Path.of(file))) {
      throw new InvalidPuzzleException(file + ": no such file");
    }
    return new PuzzleLines(file, lines(Path.of(file), file, model));
  }

  private static List<Line> lines(Path file, String name, ModelDescription model)
      throws IOException {
    if (Files.size(file) == 0) {
      throw new InvalidPuzzleException(name + ": holds no puzzles");
    }
    try {
      List<Line> lines = new ArrayList<>();
      Datasets.questions(model.domain(), file, model.domainOptions())
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
