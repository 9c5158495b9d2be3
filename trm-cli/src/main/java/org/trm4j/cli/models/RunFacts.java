package org.trm4j.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.training.json.Json;
import tools.jackson.databind.JsonNode;

/** How long a run took, from its metrics. */
final class RunFacts {
  private static final Pattern THREADS = Pattern.compile("(\\d+) threads?");

  private RunFacts() {}

  /**
   * Returns a line about the training of the model that the run holds.
   *
   * @param earlier runs that this one began from; their time counts too
   * @param metadata of the run's model
   * @param processor in words
   */
  static String of(Path run, List<Path> earlier, Map<String, String> metadata, String processor)
      throws IOException {
    Time own = Time.of(run);
    double coreSeconds = own.coreSeconds();
    for (Path one : earlier) {
      coreSeconds += Time.of(one).coreSeconds();
    }
    String after =
        switch (earlier.size()) {
          case 0 -> "";
          case 1 -> " after 1 earlier run";
          default -> " after %s earlier runs".formatted(earlier.size());
        };
    return String.format(
        Locale.ROOT,
        "step %s of %s%s, at most %.1f core-hours, %s",
        metadata.getOrDefault("step", "unknown"),
        own.plannedSteps(),
        after,
        // Rounded up: "at most".
        Math.ceil(coreSeconds / 360) / 10,
        processor);
  }

  private record Time(double coreSeconds, long plannedSteps) {
    static Time of(Path run) throws IOException {
      Path metrics = run.resolve("metrics.jsonl");
      if (!Files.isRegularFile(metrics)) {
        throw new CheckpointException(
            "%s: expected a run folder with metrics.jsonl, which says how long it took"
                .formatted(run));
      }
      double total = 0;
      double before = 0;
      long planned = 0;
      int threads = 1;
      for (String line : Files.readAllLines(metrics)) {
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
      return new Time(total, planned);
    }
  }
}
