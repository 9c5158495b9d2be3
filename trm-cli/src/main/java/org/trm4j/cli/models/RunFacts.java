package org.trm4j.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.training.json.Json;
import tools.jackson.databind.JsonNode;

/** How long a run took, from its metrics. */
final class RunFacts {
  private static final Pattern THREADS = Pattern.compile("(\\d+) threads?");

  private RunFacts() {}

  /** Returns a line about the training of the model that the run holds. */
  static String of(Path run, SavedModel model, String processor) throws IOException {
    double seconds = 0;
    double part = 0;
    long planned = 0;
    int threads = 1;
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode event = Json.mapper().readTree(line);
      switch (event.path("event").asString("")) {
        case "start" -> {
          // A run that was resumed counts from 0 again.
          seconds += part * threads;
          part = 0;
          Matcher found = THREADS.matcher(event.path("device").asString(""));
          threads = found.find() ? Integer.parseInt(found.group(1)) : 1;
        }
        case "train" -> {
          JsonNode progress = event.path("progress");
          part = progress.path("seconds").asDouble(part);
          planned = progress.path("totalSteps").asLong(planned);
        }
        default -> {}
      }
    }
    String step = model.metadata().getOrDefault("step", "unknown");
    return String.format(
        Locale.ROOT,
        "step %s of %s, at most %.1f core-hours, %s",
        step,
        planned,
        (seconds + part * threads) / 3600,
        processor);
  }
}
