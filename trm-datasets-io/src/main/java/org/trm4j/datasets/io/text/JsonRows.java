package org.trm4j.datasets.io.text;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.datasets.io.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;

/**
 * Puzzles in JSON: an object a line, a list of objects, or lists of them under names such as train
 * and test. A question is a text, a list of texts, or a list of lists.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class JsonRows {
  /** Stands between the cells of a row that was a JSON list. */
  public static final char CELL = '\u001F';

  private final FieldNames names;
  private final String section;

  JsonRows(FieldNames names, String section) {
    this.names = names;
    this.section = section;
  }

  void read(Reader reader, PuzzleTextFile.Rows rows) {
    ObjectReader strict = Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    try (JsonParser parser = strict.createParser(reader)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        long line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.START_OBJECT) {
          row(parser.readValueAsTree(), line, rows);
        } else if (token == JsonToken.START_ARRAY) {
          list(parser, line, rows);
        } else {
          rows.bad(line, "expected an object with a question and an answer");
        }
      }
    } catch (JacksonException e) {
      rows.bad(
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          "is not JSON: " + e.getOriginalMessage());
    }
  }

  /** Reads a list of objects, of puzzles, or of the rows or cells of one puzzle. */
  private void list(JsonParser parser, long line, PuzzleTextFile.Rows rows) {
    ArrayNode one = Json.mapper().createArrayNode();
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      long here = parser.currentTokenLocation().getLineNr();
      JsonNode node = parser.readValueAsTree();
      if (node.isObject()) {
        row(node, here, rows);
      } else if (node.isArray() && node.path(0).isArray()) {
        question(node, here, rows);
      } else {
        one.add(node);
      }
    }
    boolean puzzles =
        one.size() > 0 && one.path(0).isString() && one.path(0).stringValue().length() > one.size();
    if (puzzles) {
      one.forEach(text -> question(text, line, rows));
    } else if (!one.isEmpty()) {
      question(one, line, rows);
    }
  }

  private static void question(JsonNode node, long line, PuzzleTextFile.Rows rows) {
    String text = text(node);
    if (text == null) {
      rows.bad(line, "a puzzle is no text or list of cells");
    } else {
      rows.row(new PuzzleRow(line, text, "", ""));
    }
  }

  private void row(JsonNode node, long line, PuzzleTextFile.Rows rows) {
    List<String> fields = new ArrayList<>(node.propertyNames());
    if (node.path(PuzzLink.FIELD).isString()) {
      bench(node, line, rows);
      return;
    }
    int question = names.questionAt(fields);
    if (question >= 0) {
      int answer = names.answerAt(fields);
      int rating = names.ratingAt(fields);
      String asked = text(node.get(fields.get(question)));
      String answered = answer < 0 ? "" : text(node.get(fields.get(answer)));
      if (asked == null || answered == null) {
        rows.bad(line, "question and answer are no texts or lists of cells");
      } else {
        rows.row(
            new PuzzleRow(
                line,
                asked,
                answered,
                rating < 0 ? "" : node.get(fields.get(rating)).asString("")));
      }
      return;
    }
    boolean found = false;
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getValue().isArray() && (section.isEmpty() || section.equals(entry.getKey()))) {
        for (JsonNode inner : entry.getValue()) {
          if (inner.isObject()) {
            found = true;
            row(inner, line, rows);
          }
        }
      }
    }
    if (!found && section.isEmpty()) {
      rows.bad(
          line,
          "has the fields %s; expected question and answer, or name them: sudoku, maze or grid:FILE?question=NAME,answer=NAME"
              .formatted(fields));
    }
  }

  /**
   * Reads a row of the Pencil Puzzle Bench: its question is an address, its answer a list of moves.
   */
  private static void bench(JsonNode node, long line, PuzzleTextFile.Rows rows) {
    String cells = PuzzLink.sudoku(node.path(PuzzLink.FIELD).stringValue());
    if (cells == null) {
      rows.bad(
          line,
          "a puzzle of the Pencil Puzzle Bench of type '%s': its question is an address of puzz.link and its answer a list of moves, of which only Sudokus are read as grids (skipInvalid=true leaves the others out); write others as {\"question\": \"12./...\", \"answer\": \"123/...\"} and name them grid:FILE"
              .formatted(node.path("pid").asString("unknown")));
    } else {
      rows.row(new PuzzleRow(line, cells, "", ""));
    }
  }

  /** Returns a text with a line a row, or null. */
  private static @Nullable String text(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isNull()) {
      return "";
    }
    if (!value.isArray()) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    boolean nested = false;
    boolean texts = value.size() > 1;
    for (JsonNode part : value) {
      nested |= part.isArray();
      texts &= part.isString() && part.stringValue().length() > 1;
    }
    for (JsonNode part : value) {
      for (JsonNode cell : part.isArray() ? part : List.of(part)) {
        if (cell.isContainer()) {
          return null;
        }
      }
      if (nested) {
        List<String> cells = new ArrayList<>();
        part.forEach(cell -> cells.add(cell(cell)));
        parts.add(String.join(String.valueOf(CELL), cells) + (cells.size() == 1 ? CELL : ""));
      } else {
        parts.add(cell(part));
      }
    }
    // A line end after the only row of a list of lists: it is not a grid in one line.
    String text = String.join(nested || texts ? "\n" : String.valueOf(CELL), parts);
    return nested ? text + "\n" : text;
  }

  /** Null is an open cell. */
  private static String cell(JsonNode cell) {
    return cell.isNull()
        ? "."
        : cell.isIntegralNumber() || cell.isString() ? cell.asString() : cell.toString();
  }
}
