package org.trm4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trm4j.dataset.spi.InvalidPuzzleException;

/**
 * Puzzles in text, one a line; blank lines and lines that start with # are left out.
 *
 * @param name of the source, for messages
 * @param lines with their numbers in the source
 */
record PuzzleLines(String name, List<Line> lines) {
  /** A line and its number, from 1. */
  record Line(int number, String text) {}

  static PuzzleLines of(String puzzle) {
    return new PuzzleLines("--puzzle", List.of(new Line(1, puzzle)));
  }

  /** Reads a file, or standard input where it is {@code -}; at least one puzzle is expected. */
  static PuzzleLines read(String file, InputStream standardInput) throws IOException {
    boolean piped = file.equals("-");
    String name = piped ? "standard input" : file;
    if (!piped && !Files.isRegularFile(Path.of(file))) {
      throw new InvalidPuzzleException(file + ": no such file");
    }
    List<Line> lines = new ArrayList<>();
    try (InputStream in = piped ? standardInput : Files.newInputStream(Path.of(file))) {
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
    return new PuzzleLines(name, lines);
  }
}
