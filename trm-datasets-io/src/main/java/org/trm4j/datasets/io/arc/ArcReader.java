package org.trm4j.datasets.io.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.SkippedRow;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.io.json.JsonFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the tasks of a subset; errors name file, line and task. */
final class ArcReader {
  private final boolean needsSolutions;
  private final boolean skipInvalid;
  private final List<SkippedRow> skipped;

  /**
   * Creates a reader.
   *
   * @param needsSolutions whether a test pair without output is an error
   * @param skipInvalid whether invalid tasks are left out
   * @param skipped takes those that are
   */
  ArcReader(boolean needsSolutions, boolean skipInvalid, List<SkippedRow> skipped) {
    this.needsSolutions = needsSolutions;
    this.skipInvalid = skipInvalid;
    this.skipped = skipped;
  }

  /** Returns the tasks of a challenges file, or of files of one task each. */
  List<ArcTask> read(List<Path> files) {
    List<ArcTask> tasks = new ArrayList<>();
    for (Path file : files) {
      if (ArcSubsets.fileName(file).endsWith(ArcSubsets.CHALLENGES)) {
        challenges(file, tasks);
      } else {
        single(file, tasks);
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
      tasks.add(ArcJson.task(name, JsonFiles.read(file), null, needsSolutions));
    } catch (DatasetException e) {
      bad(file, 1, e);
    }
  }

  private void challenges(Path file, List<ArcTask> tasks) {
    Path solutionsFile = ArcSubsets.solutions(file);
    JsonNode solutions = Files.isRegularFile(solutionsFile) ? JsonFiles.read(solutionsFile) : null;
    Set<String> names = new HashSet<>();
    try (JsonParser parser = new JsonMapper().createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DatasetException("%s: line 1: expected an object of tasks".formatted(file));
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
          tasks.add(
              ArcJson.task(name, node, solution(name, solutions, solutionsFile), needsSolutions));
        } catch (DatasetException e) {
          bad(file, line, e);
        }
      }
    } catch (JacksonException e) {
      throw new DatasetException(
          "%s: line %d: %s"
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
    SkippedRow row = new SkippedRow(file.toString(), line, reason);
    if (!skipInvalid) {
      throw new DatasetException(row.toString(), e);
    }
    skipped.add(row);
  }
}
