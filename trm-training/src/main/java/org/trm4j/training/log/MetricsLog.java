package org.trm4j.training.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.TrainingException;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.json.Json;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Appends a run's reports to {@code metrics.jsonl}; each line is a complete JSON object. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MetricsLog implements TrainingListener {
  private final Path file;
  private @Nullable Writer writer;
  private String over = "";

  public MetricsLog(Path file) {
    this.file = file;
  }

  /** Returns the lines of a log up to a step; a line cut off by a crash goes too. */
  public static String upTo(Path file, long step) {
    StringBuilder kept = new StringBuilder();
    try {
      for (String line : Files.readAllLines(file)) {
        try {
          if (Json.mapper().readTree(line).path("step").asLong(0) <= step) {
            kept.append(line).append('\n');
          }
        } catch (JacksonException e) {
          break;
        }
      }
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be read: %s".formatted(file, e), e);
    }
    return kept.toString();
  }

  /**
   * An evaluation of a log.
   *
   * @param step of the model
   * @param exactAccuracy share of puzzles that are right as a whole
   * @param tokenAccuracy mean share of right tokens
   * @param over the basis of the evaluation, as {@link
   *     org.trm4j.training.config.TrainingConfig#evaluationBasis} returns it; empty in logs of
   *     earlier versions
   */
  public record Evaluated(long step, double exactAccuracy, double tokenAccuracy, String over) {}

  /** Returns the evaluations of a log up to a step, in their order; none if there is no log. */
  public static List<Evaluated> evaluations(Path file, long step) {
    List<Evaluated> found = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : upTo(file, step).split("\n", -1)) {
        if (line.startsWith("{\"event\":\"evaluation\"")) {
          JsonNode event = Json.mapper().readTree(line);
          JsonNode steps = event.path("report").path("steps");
          found.add(
              new Evaluated(
                  event.path("step").asLong(0),
                  event.path("exactAccuracy").asDouble(0),
                  steps.path(steps.size() - 1).path("tokenAccuracy").asDouble(0),
                  event.path("over").asString("")));
        }
      }
    }
    return found;
  }

  /** Returns whether a log holds the evaluation of a step. */
  public static boolean evaluated(Path file, long step) {
    if (!Files.exists(file)) {
      return false;
    }
    for (String line : upTo(file, step).split("\n", -1)) {
      if (line.startsWith("{\"event\":\"evaluation\",\"step\":" + step + ",")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void started(TrainingListener.Start start) {
    over = start.config().evaluationBasis();
    Map<String, Object> line = line("start", start.firstStep() - 1);
    line.put("device", start.device());
    line.put("trainedParameters", start.trainedParameters());
    line.put("java", Runtime.version().toString());
    write(line);
  }

  @Override
  public void progressed(TrainingProgress progress) {
    Map<String, Object> line = line("train", progress.step());
    line.put("progress", LogFigures.of(progress));
    write(line);
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    Map<String, Object> line = line("evaluation", step);
    line.put("exactAccuracy", report.exactAccuracy());
    line.put("over", over);
    line.put("puzzlesPerSecond", report.puzzlesPerSecond());
    line.put("report", LogFigures.of(report));
    write(line);
  }

  @Override
  public void saved(long step, Path folder) {
    write(line("checkpoint", step));
  }

  @Override
  public void lossRose(long step, double loss, double lowest, Path folder) {
    Map<String, Object> line = line("rise", step);
    line.put("loss", loss);
    line.put("lowest", lowest);
    write(line);
  }

  @Override
  public void finished(TrainingResult result) {
    Map<String, Object> line = line("end", result.step());
    line.put("stopped", result.stopped());
    line.put("end", result.end());
    line.put("seconds", result.seconds());
    write(line);
  }

  private static Map<String, Object> line(String event, long step) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("step", step);
    return line;
  }

  private void write(Map<String, Object> line) {
    try {
      Writer out = writer;
      if (out == null) {
        out =
            Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = out;
      }
      out.write(Json.mapper().writeValueAsString(line) + "\n");
      out.flush();
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  @Override
  public void closed() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
