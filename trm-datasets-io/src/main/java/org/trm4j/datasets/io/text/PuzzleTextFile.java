package org.trm4j.datasets.io.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A text file of puzzles, also gzipped or in UTF-16: CSV with a header that names a question (as
 * published: {@code source,question,answer,rating}), JSON, OpenSudoku's XML, or lines that a {@link
 * LineParser} understands.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PuzzleTextFile {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int LOOKED_AT = 1 << 16;
  private static final Pattern GAME = Pattern.compile("<game\\s[^>]*?data=\"([^\"]*)\"");

  private static final Pattern JSON = Pattern.compile("\\s*(\\{|\\[\\s*($|[\\[{\"\\d]|null))");

  /** A list of lists as numpy prints it, without commas. */
  private static final Pattern NUMPY = Pattern.compile("\\s*\\[\\s*\\[[^,]*");

  private final Path file;
  private final Supplier<? extends LineParser> lines;
  private final FieldNames names;
  private final String section;

  /** Takes what a file says. */
  public interface Rows {
    /** Takes a row. */
    void row(PuzzleRow row);

    /** Takes a line that is no row. */
    void bad(long line, String reason);
  }

  /**
   * Creates a reader.
   *
   * @param lines makes what understands lines, for each reading
   */
  public PuzzleTextFile(Path file, Supplier<? extends LineParser> lines) {
    this(file, lines, FieldNames.USUAL, "");
  }

  /** Creates a reader of all of a file whose columns and fields have these names. */
  public PuzzleTextFile(Path file, Supplier<? extends LineParser> lines, FieldNames names) {
    this(file, lines, names, "");
  }

  /**
   * Creates a reader.
   *
   * @param lines makes what understands lines, for each reading
   * @param names of columns and fields
   * @param section of a JSON file that is read, such as train; empty for all
   */
  public PuzzleTextFile(
      Path file, Supplier<? extends LineParser> lines, FieldNames names, String section) {
    this.file = file;
    this.lines = lines;
    this.names = names;
    this.section = section;
  }

  /** Returns which of train and test are lists of a JSON file, as in a file of ARC. */
  public static List<String> sections(Path file) {
    try (BufferedReader reader = TextBytes.open(file);
        JsonParser parser = Json.mapper().createParser(reader)) {
      List<String> sections = new ArrayList<>();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          if (parser.nextToken() == JsonToken.START_ARRAY
              && (name.equals("train") || name.equals("test"))) {
            sections.add(name);
          }
          parser.skipChildren();
        }
      }
      return sections;
    } catch (JacksonException | IOException e) {
      return List.of();
    }
  }

  /**
   * Returns the question of the first row, or else the beginning; throws {@link DatasetException}
   * where the file is no text.
   */
  public static String sample(Path file) {
    PuzzleRow first = new PuzzleTextFile(file, Unread::new).first();
    if (first != null) {
      return first.question();
    }
    try (BufferedReader reader = TextBytes.open(file)) {
      char[] start = new char[LOOKED_AT];
      return new String(start, 0, Math.max(0, reader.read(start)));
    } catch (CharacterCodingException e) {
      // The reading says it.
      new PuzzleTextFile(file, Unread::new).forEach(new FirstRow());
      return "";
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, why(e)), e);
    }
  }

  /** Passes over lines. */
  private static final class Unread implements LineParser {
    @Override
    public void line(long number, String line, Rows rows) {
      // Nothing is read of it.
    }

    @Override
    public void end(Rows rows) {
      // Nothing was read.
    }
  }

  /** Returns the file. */
  Path file() {
    return file;
  }

  /** Returns the first row, or null if the file has none or cannot be read. */
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

  /** Reads the whole file; throws {@link DatasetException} where it cannot be read. */
  public void forEach(Rows rows) {
    try (BufferedReader reader = TextBytes.open(file)) {
      reader.mark(LOOKED_AT);
      char[] start = new char[LOOKED_AT / 2];
      int length = Math.max(0, reader.read(start));
      reader.reset();
      String text = new String(start, 0, length);
      if (text.isBlank() && length < start.length) {
        throw new DatasetException("%s: is empty".formatted(file));
      }
      String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
      int before = (int) text.lines().takeWhile(PuzzleTextFile::beforeHeader).count();
      CsvColumns columns = CsvColumns.of(text.lines().skip(before).findFirst().orElse(""), names);
      if (columns != null) {
        for (int i = 0; i < before; i++) {
          reader.readLine();
        }
        csv(reader, columns, before, rows);
      } else if (NUMPY.matcher(first).matches() && length < start.length) {
        rows.row(new PuzzleRow(1, unlist(text), "", ""));
      } else if (JSON.matcher(first).lookingAt()) {
        new JsonRows(names, section).read(reader, rows);
      } else if (first.stripLeading().startsWith("<")) {
        xml(reader, rows);
      } else {
        LineParser parser = lines.get();
        each(reader, (number, line) -> parser.line(number, line, rows));
        parser.end(rows);
      }
    } catch (CharacterCodingException e) {
      throw new DatasetException(
          "%s: is not text in UTF-8 or UTF-16; iconv -f ISO-8859-1 -t UTF-8 converts a file in Latin 1"
              .formatted(file),
          e);
    } catch (UncheckedIOException e) {
      throw new DatasetException("%s: is not CSV: %s".formatted(file, why(e.getCause())), e);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, why(e)), e);
    }
  }

  private static String why(@Nullable IOException e) {
    return e == null || e.getMessage() == null ? String.valueOf(e) : e.getMessage();
  }

  /**
   * Comments, and the line by which a spreadsheet names its separator, may stand before a header.
   */
  private static boolean beforeHeader(String line) {
    return line.isBlank() || line.startsWith("#") || line.matches("(?i)sep=.");
  }

  private interface EachLine {
    void take(long number, String line);
  }

  private void each(BufferedReader reader, EachLine taker) throws IOException {
    StringBuilder line = new StringBuilder();
    long number = 1;
    boolean returned = false;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '\n' && returned) {
        returned = false;
        continue;
      }
      returned = c == '\r';
      if (c == '\n' || returned) {
        taker.take(number++, line.toString());
        line.setLength(0);
      } else if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      } else {
        throw new DatasetException(
            "%s: line %s: more than %s characters, expected a puzzle"
                .formatted(file, number, LONGEST_LINE));
      }
    }
    if (!line.isEmpty()) {
      taker.take(number, line.toString());
    }
  }

  private void csv(BufferedReader reader, CsvColumns columns, int before, Rows rows)
      throws IOException {
    columns.refuseTwins(file, before + 1);
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(columns.delimiter()).get();
    try (CSVParser parser = format.parse(reader)) {
      boolean header = true;
      for (CSVRecord row : parser) {
        long line = before + parser.getCurrentLineNumber();
        if (header) {
          header = false;
        } else if (row.size() != columns.names().size()) {
          rows.bad(line, "%s columns, expected %s".formatted(row.size(), columns.names().size()));
        } else {
          rows.row(
              new PuzzleRow(
                  line,
                  unlist(row.get(columns.question())),
                  columns.answer() < 0 ? "" : unlist(row.get(columns.answer())),
                  columns.rating() < 0 ? "" : row.get(columns.rating())));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetException("%s: is not CSV: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A list of lists as Python prints one, {@code [[1 0] [0 1]]}, becomes lines of cells. */
  private static String unlist(String text) {
    String bare = text.strip();
    if (!bare.startsWith("[[") || !bare.endsWith("]]")) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (String row : bare.substring(2, bare.length() - 2).split("\\]\\s*,?\\s*\\[", -1)) {
      String cells = row.strip().replace("'", "").replace("\"", "");
      out.append(cells.replaceAll("\\s*,\\s*|\\s+", String.valueOf(JsonRows.CELL))).append('\n');
    }
    return out.toString();
  }

  private void xml(BufferedReader reader, Rows rows) throws IOException {
    each(
        reader,
        (number, line) -> {
          Matcher game = GAME.matcher(line);
          while (game.find()) {
            rows.row(new PuzzleRow(number, game.group(1), "", ""));
          }
        });
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
