package org.trm4j.datasets.sudoku;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Verification;

/**
 * Puzzles as text, also gzipped: CSV with the columns question and answer (as published: {@code
 * source,question,answer,rating}), or lines of a question and, where it is known, its answer. An
 * answer that is not given is computed; a puzzle must have exactly one.
 */
final class SudokuTextFile {
  private final Path file;
  private @Nullable SudokuShape shape;

  SudokuTextFile(Path file) {
    this.file = file;
  }

  /** Returns whether the file's first line looks like such a file. */
  static boolean accepts(Path file) {
    try (BufferedReader reader = open(file)) {
      String line = reader.readLine();
      return line != null
          && (header(line)
              || line.strip()
                  .matches("[0-9A-Ga-g._]{16}|[0-9A-Ga-g._]{36}.*|[0-9A-Ga-g._]{16}[ ,;\\t].*"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean header(String line) {
    List<String> columns = List.of(line.strip().split(",", -1));
    return columns.contains("question") && columns.contains("answer");
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  List<Example> read() {
    try (BufferedReader reader = open(file)) {
      reader.mark(1 << 16);
      String first = reader.readLine();
      if (first == null) {
        throw new DatasetException("%s: is empty".formatted(file));
      }
      reader.reset();
      return header(first) ? csv(reader) : lines(reader);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private List<Example> csv(BufferedReader reader) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (CSVParser parser =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      for (CSVRecord row : parser) {
        long line = parser.getCurrentLineNumber();
        if (!row.isConsistent()) {
          throw error(
              line,
              "%d columns, expected %d".formatted(row.size(), parser.getHeaderNames().size()));
        }
        examples.add(example(row.get("question"), row.get("answer"), line));
      }
    }
    return examples;
  }

  private List<Example> lines(BufferedReader reader) throws IOException {
    List<Example> examples = new ArrayList<>();
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("[ ,;\\t]+");
        if (parts.length > 2) {
          throw error(
              number,
              "%d fields, expected a question and perhaps its answer".formatted(parts.length));
        }
        examples.add(example(parts[0], parts.length == 2 ? parts[1] : "", number));
      }
    }
    return examples;
  }

  private Example example(String question, String answer, long line) {
    try {
      SudokuShape known = shape == null ? SudokuShape.ofCells(question.length()) : shape;
      shape = known;
      SudokuCodec codec = new SudokuCodec(known);
      int[] tokens = codec.encode(question);
      int[] solution = answer.isEmpty() ? solve(known, tokens) : codec.parse(answer);
      Verification verification = new SudokuVerifier(known).verify(tokens, solution);
      if (!verification.correct()) {
        throw new DatasetException("the answer is wrong: " + verification.detail());
      }
      return new Example(tokens, solution, 0);
    } catch (DatasetException e) {
      throw error(line, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private static int[] solve(SudokuShape shape, int[] tokens) {
    SudokuSolver solver = new SudokuSolver(shape, tokens, null);
    int count = solver.count(2);
    if (count != 1) {
      throw new DatasetException(
          count == 0 ? "the puzzle has no solution" : "the puzzle has several solutions");
    }
    return Objects.requireNonNull(solver.solution());
  }

  private DatasetException error(long line, String reason) {
    return new DatasetException("%s: line %d: %s".formatted(file, line, reason));
  }
}
