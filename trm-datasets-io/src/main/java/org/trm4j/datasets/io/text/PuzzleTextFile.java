package org.trm4j.datasets.io.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A text file of puzzles, also gzipped: CSV with the columns question and answer (as published:
 * {@code source,question,answer,rating}), or lines of a question and, where it is known, its
 * answer; a line that starts with # is a comment.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PuzzleTextFile {
  private static final Pattern SEPARATOR = Pattern.compile("[ ,;\\t]+");

  private final Path file;

  /** Takes what a file says. */
  public interface Rows {
    /** Takes a row. */
    void row(PuzzleRow row);

    /** Takes a line that is no row. */
    void bad(long line, String reason);
  }

  /** Creates a reader. */
  public PuzzleTextFile(Path file) {
    this.file = file;
  }

  /** Returns the first row, or null where the file has none or cannot be read. */
  public @Nullable PuzzleRow first() {
    FirstRow found = new FirstRow();
    try {
      forEach(found);
    } catch (FirstRow.Found e) {
      return found.row;
    } catch (DatasetException e) {
      return null;
    }
    return null;
  }

  /** Returns whether the file is CSV with a question and an answer. */
  public boolean csv() {
    try (BufferedReader reader = open()) {
      String line = reader.readLine();
      return line != null && header(line);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean header(String line) {
    List<String> columns = List.of(line.strip().split(",", -1));
    return columns.contains("question") && columns.contains("answer");
  }

  private BufferedReader open() throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Reads the whole file; throws {@link DatasetException} where it cannot be read. */
  public void forEach(Rows rows) {
    try (BufferedReader reader = open()) {
      reader.mark(1 << 16);
      String first = reader.readLine();
      if (first == null) {
        throw new DatasetException("%s: is empty".formatted(file));
      }
      if (first.length() > 1 << 15) {
        throw new DatasetException(
            "%s: line 1: %d characters, expected a puzzle".formatted(file, first.length()));
      }
      reader.reset();
      if (header(first)) {
        csv(reader, rows);
      } else {
        lines(reader, rows);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new DatasetException("%s: line 1: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void csv(BufferedReader reader, Rows rows) throws IOException {
    try (CSVParser parser =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      boolean rated = parser.getHeaderNames().contains("rating");
      for (CSVRecord row : parser) {
        long line = parser.getCurrentLineNumber();
        if (row.isConsistent()) {
          rows.row(
              new PuzzleRow(
                  line, row.get("question"), row.get("answer"), rated ? row.get("rating") : ""));
        } else {
          rows.bad(
              line,
              "%d columns, expected %d".formatted(row.size(), parser.getHeaderNames().size()));
        }
      }
    }
  }

  private void lines(BufferedReader reader, Rows rows) throws IOException {
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = SEPARATOR.split(line.strip(), -1);
      if (parts.length > 2) {
        rows.bad(
            number,
            "%d fields, expected a question and perhaps its answer".formatted(parts.length));
      } else {
        rows.row(new PuzzleRow(number, parts[0], parts.length == 2 ? parts[1] : "", ""));
      }
    }
  }

  /** Ends the reading with the first row. */
  private static final class FirstRow implements Rows {
    private @Nullable PuzzleRow row;

    private static final class Found extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void row(PuzzleRow found) {
      row = found;
      throw new Found();
    }

    @Override
    public void bad(long line, String reason) {
      // Looks on.
    }
  }
}
