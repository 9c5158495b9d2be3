package org.trm4j.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trm4j.training.json.Json;
import tools.jackson.databind.JsonNode;

/** How long a run took, from its metrics. */
final class RunFacts {
  private static final Pattern THREADS = Pattern.compile("(\\d+) threads?");

  private RunFacts() {}

  /**
   * Returns a line about the training of the model that the run holds.
   *
   * @param metadata of the run's model
   * @param processor in words
   */
  static String of(Path run, Map<String, String> metadata, String processor) throws IOException {
    double total = 0;
    double before = 0;
    long planned = 0;
    int threads = 1;
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode event = Json.mapper().readTree(line);
      switch (event.path("event").asString("")) {
        case "start" -> {
          Matcher found = THREADS.matcher(event.path("device").asString(""));
          threads = found.find() ? Integer.parseInt(found.group(1)) : 1;
        }
        case "train" -> {
          JsonNode progress = event.path("progress");
          double seconds = progress.path("seconds").asDouble(before);
          // A run that is resumed counts on; one that goes back to a checkpoint counts again.
          total += threads * (seconds < before ? 0 : seconds - before);
          before = seconds;
          planned = progress.path("totalSteps").asLong(planned);
        }
        default -> {}
      }
    }
    return String.format(
        Locale.ROOT,
        "step %s of %s, at most %.1f core-hours, %s",
        metadata.getOrDefault("step", "unknown"),
        planned,
        total / 3600,
        processor);
  }
}
