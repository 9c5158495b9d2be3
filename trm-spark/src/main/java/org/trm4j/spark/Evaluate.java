package org.trm4j.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Evaluates a model on a cluster: {@code spark-submit --class org.trm4j.spark.Evaluate JAR --model
 * M --data D --json}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@Command(
    name = "Evaluate",
    mixinStandardHelpOptions = true,
    description = "Evaluates a model on a split of a data set, as trm eval does, with a cluster.")
public final class Evaluate implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description =
          "A model file or run folder, on any file system that Hadoop reads, or the name of a model"
              + " in the box.")
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description =
          "As trm eval takes it. A path with a scheme, such as hdfs://, is read through Hadoop; one"
              + " without must exist on every executor.")
  private String data;

  @Option(names = "--split", defaultValue = "", description = "The split. Default: test.")
  private String split;

  @Option(
      names = "--steps",
      defaultValue = "0",
      description = "Most supervision steps of an attempt; 0 for what the model usually takes.")
  private int steps;

  @Option(names = "--halt", defaultValue = "fixed", description = "When to stop before that.")
  private String halt;

  @Option(names = "--attempts", defaultValue = "1", description = "Attempts at each puzzle.")
  private int attempts;

  @Option(names = "--sigma", defaultValue = "-1", description = "Their noise; see trm eval.")
  private double sigma;

  @Option(
      names = "--choose",
      defaultValue = "HALTING_HEAD",
      description = "Which attempt's answer is taken: ${COMPLETION-CANDIDATES}.")
  private Attempts.Choice choice;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the noise.")
  private long seed;

  @Option(names = "--batch", defaultValue = "32", description = "Puzzles at a time in a task.")
  private int batch;

  @Option(names = "--puzzles", defaultValue = "0", description = "Only the first N; 0 for all.")
  private int puzzles;

  @Option(names = "--tasks", defaultValue = "0", description = "Tasks; 0 to choose them.")
  private int tasks;

  @Option(names = "--backend", defaultValue = "auto", description = "As trm eval takes it.")
  private String backend;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the data set's result files (such as submission.json) there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Evaluate() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(Programs.run(new Evaluate(), args));
  }

  @Override
  public Integer call() throws IOException {
    EvaluationSettings settings =
        EvaluationSettings.builder()
            .split(split)
            .backend(backend)
            .steps(steps)
            .halting(halt)
            .attempts(attempts)
            .noise(sigma)
            .choice(choice)
            .seed(seed)
            .batch(batch)
            .puzzles(puzzles)
            .tasks(tasks)
            .build();
    SparkSession spark = SparkSession.builder().appName("TRM evaluation").getOrCreate();
    try {
      ClusterEvaluation found = new TrmEvaluation(model, data, settings, out != null).run(spark);
      PrintWriter err = spec.commandLine().getErr();
      found.notes().forEach(note -> err.println("note: " + note));
      err.flush();
      if (out != null) {
        Files.createDirectories(out);
        for (Map.Entry<String, byte[]> file : found.files().entrySet()) {
          Files.write(out.resolve(file.getKey()), file.getValue());
        }
      }
      print(found);
      return 0;
    } finally {
      spark.stop();
    }
  }

  private void print(ClusterEvaluation found) {
    PrintWriter to = spec.commandLine().getOut();
    EvaluationReport report = found.report();
    if (json) {
      to.println(Json.mapper().writeValueAsString(report.figures(found.split(), found.device())));
    } else {
      to.println("%s puzzles of %s".formatted(report.puzzles(), found.split()));
      for (EvaluationReport.Step figures : report.steps()) {
        to.println(
            String.format(
                Locale.ROOT,
                "step %2d: tokens %6.2f%%, exact %6.2f%%, halting %6.2f%%",
                figures.step(),
                100 * figures.tokenAccuracy(),
                100 * figures.exactAccuracy(),
                100 * figures.haltingAccuracy()));
      }
      report
          .extra()
          .forEach((name, value) -> to.println(String.format(Locale.ROOT, "%s %.4f", name, value)));
      to.println(String.format(Locale.ROOT, "%.1f puzzles a second", report.puzzlesPerSecond()));
    }
    to.flush();
  }
}
