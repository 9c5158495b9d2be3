package org.trm4j.datasets.io.arc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.io.json.Json;
import org.trm4j.datasets.io.json.JsonFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads the tasks of a subset; errors name file, line and task. */
final class ArcReader {
  private final boolean needsSolutions;
  private final boolean skipInvalid;
  private final List<Dataset.SkippedRow> skipped;
  private int listed;

  /**
   * Creates a reader.
   *
   * @param needsSolutions whether a test pair without output is an error
   * @param skipInvalid whether invalid tasks are left out
   * @param skipped takes those that are
   */
  ArcReader(boolean needsSolutions, boolean skipInvalid, List<Dataset.SkippedRow> skipped) {
    this.needsSolutions = needsSolutions;
    this.skipInvalid = skipInvalid;
    this.skipped = skipped;
  }

  /**
   * Returns the tasks of files.
   *
   * @param subset the set that is meant where a file holds several
   */
  List<ArcTask> read(List<Path> files, String subset) {
    List<ArcTask> tasks = new ArrayList<>();
    for (Path file : files) {
      switch (ArcShape.of(file)) {
        case TASKS -> challenges(file, null, tasks);
        case SETS -> challenges(file, subset, tasks);
        case LINES -> lines(file, tasks);
        case LIST -> list(file, tasks);
        case TASK, PAIRS -> single(file, tasks);
      }
    }
    if (tasks.isEmpty()) {
      throw new DatasetException(
          "%s: holds no valid task%s"
              .formatted(
                  files.getFirst(), skipped.isEmpty() ? "" : "; the first: " + skipped.getFirst()));
    }
    return tasks;
  }

  private void single(Path file, List<ArcTask> tasks) {
    String name = ArcSubsets.fileName(file).replaceFirst("\\.json$", "");
    try {
      add(name, JsonFiles.read(file), null, tasks);
    } catch (DatasetException e) {
      bad(file, 1, e);
    }
  }

  private void list(Path file, List<ArcTask> tasks) {
    String name = ArcSubsets.fileName(file).replaceFirst("\\.json$", "");
    try (JsonParser parser = Json.mapper().createParser(file.toFile())) {
      parser.nextToken();
      for (int number = 1; parser.nextToken() == JsonToken.START_OBJECT; number++) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode node = parser.readValueAsTree();
        try {
          add(name(node, name + "-" + number), node, null, tasks);
        } catch (DatasetException e) {
          bad(file, line, e);
        }
      }
    } catch (JacksonException e) {
      bad(
          file,
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          new DatasetException("is not JSON: " + e.getOriginalMessage(), e));
    }
  }

  /** Returns the name that a task says itself. */
  private static String name(JsonNode task, String otherwise) {
    for (String field : new String[] {"id", "task_id", "name"}) {
      if (task.path(field).isString() && !task.path(field).stringValue().isBlank()) {
        return task.path(field).stringValue();
      }
    }
    return otherwise;
  }

  private void add(String name, JsonNode node, @Nullable JsonNode solutions, List<ArcTask> tasks) {
    tasks.add(ArcJson.task(name, node, solutions, needsSolutions));
    listed += ArcJson.listed(node) ? 1 : 0;
  }

  /** Returns how many of the tasks that were read are lists of pairs. */
  int listed() {
    return listed;
  }

  /** A task a line; it has no name but its line. */
  private void lines(Path file, List<ArcTask> tasks) {
    String name = ArcSubsets.fileName(file).replaceFirst("\\.jsonl$", "");
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int line = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        if (!text.isBlank()) {
          line(file, name + "-" + line, line, text, tasks);
        }
      }
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private void line(Path file, String name, int line, String text, List<ArcTask> tasks) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      add(name(node, name), node, null, tasks);
    } catch (JacksonException e) {
      bad(file, line, new DatasetException("is not JSON: " + e.getOriginalMessage(), e));
    } catch (DatasetException e) {
      bad(file, line, e);
    }
  }

  private void challenges(Path file, @Nullable String set, List<ArcTask> tasks) {
    Path solutionsFile = ArcSubsets.solutions(file);
    boolean apart = !solutionsFile.equals(file) && Files.isRegularFile(solutionsFile);
    JsonNode solutions = apart ? JsonFiles.read(solutionsFile) : null;
    Set<String> names = new HashSet<>();
    try (JsonParser parser = Json.mapper().createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DatasetException("%s: line 1: expected an object of tasks".formatted(file));
      }
      if (set != null) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME && !set.equals(parser.currentName())) {
          parser.nextToken();
          parser.skipChildren();
        }
        parser.nextToken();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        int line = parser.currentTokenLocation().getLineNr();
        parser.nextToken();
        JsonNode node = parser.readValueAsTree();
        try {
          if (!names.add(name)) {
            throw new DatasetException("task %s: stands twice in the file".formatted(name));
          }
          add(name, node, solution(name, solutions, solutionsFile), tasks);
        } catch (DatasetException e) {
          bad(file, line, e);
        }
      }
    } catch (JacksonException e) {
      throw new DatasetException(
          "%s: line %s: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  private static @Nullable JsonNode solution(
      String name, @Nullable JsonNode solutions, Path solutionsFile) {
    if (solutions == null) {
      return null;
    }
    JsonNode found = solutions.get(name);
    if (found == null || !found.isArray()) {
      throw new DatasetException(
          "task %s: has no list of solutions in %s".formatted(name, solutionsFile.getFileName()));
    }
    return found;
  }

  private void bad(Path file, int line, DatasetException e) {
    String reason = Objects.requireNonNullElse(e.getMessage(), "invalid").replace(file + ": ", "");
    Dataset.SkippedRow row = new Dataset.SkippedRow(file.toString(), line, reason);
    if (!skipInvalid) {
      throw new DatasetException(row.toString(), e);
    }
    skipped.add(row);
  }
}
