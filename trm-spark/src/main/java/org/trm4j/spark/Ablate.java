package org.trm4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.BackendText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.spark.support.ExecutorData;
import org.trm4j.spark.support.Failure;
import org.trm4j.training.ablation.Ablation;
import org.trm4j.training.ablation.AblationTable;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.AblationText;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.json.Json;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import scala.Tuple2;

/**
 * Compares recursion policies on a cluster, one run per task: {@code spark-submit --class
 * org.trm4j.spark.Ablate JAR --data D --policies trm,hrm --out /shared/ablation}. The table is that
 * of {@code trm ablate}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@Command(
    name = "Ablate",
    mixinStandardHelpOptions = true,
    description = {
      "Trains several recursion policies alike, one run per task, and compares them.",
      "The folder must be the same on all executors. Runs that are there and finished are not"
          + " repeated."
    })
public final class Ablate implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description = "As trm ablate takes it; a path with a scheme is read through Hadoop.")
  private String data;

  @Option(
      names = "--policies",
      required = true,
      split = ",",
      paramLabel = "P",
      description = "Recursion policies, each with arguments where wanted, as in trm(T=2;n=3).")
  private List<String> policies;

  @Option(names = "--seeds", split = ",", defaultValue = "1,2,3", description = "One run each.")
  private List<Long> seeds;

  @Option(names = "--budget", defaultValue = "300", description = "As trm ablate takes it.")
  private String budget;

  @Option(names = "--config", defaultValue = "demo", description = "Recipe or file.")
  private String config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change any setting.")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--backend", defaultValue = "auto", description = "Of the executors.")
  private String backend;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Ablate() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(Programs.run(new Ablate(), args));
  }

  @Override
  public Integer call() throws IOException {
    SparkSession spark = SparkSession.builder().appName("TRM ablation").getOrCreate();
    try {
      AblationTable table = run(spark);
      spec.commandLine().getOut().println(table.text());
      spec.commandLine().getOut().flush();
      Files.createDirectories(out);
      Files.writeString(out.resolve("ablation.txt"), table.text());
      Files.writeString(out.resolve("ablation.csv"), table.csv());
      return 0;
    } finally {
      spark.stop();
    }
  }

  private AblationTable run(SparkSession spark) {
    List<String> overrides =
        new ArrayList<>(List.of("run.evaluateEvery=0", "run.evaluatePuzzles=0"));
    overrides.addAll(changes);
    TrainingConfig common = SettingsText.with(TrainingConfigs.recipeOrFile(config), overrides);
    return run(
        spark,
        new Sweep(
            TrainingConfigs.toJson(common),
            List.copyOf(policies),
            List.copyOf(seeds),
            budget,
            data,
            backend,
            out.toAbsolutePath().toString()));
  }

  /** Runs a sweep, one run per task. */
  static AblationTable run(SparkSession spark, Sweep sweep) {
    sweep.ablation(sweep.config(), sweep.policies(), sweep.seeds());
    List<Tuple2<String, Long>> runs = new ArrayList<>();
    for (String policy : sweep.policies()) {
      for (long seed : sweep.seeds()) {
        runs.add(new Tuple2<>(policy, seed));
      }
    }
    List<String> tables =
        Failure.unwrapped(() ->
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(runs, runs.size())
                .map(run -> sweep.train(run._1(), run._2()))
                .collect());
    return AblationTable.joined(
        tables.stream().map(json -> Json.mapper().readValue(json, AblationTable.class)).toList(),
        sweep.seeds());
  }

  /**
   * The sweep.
   *
   * @param json the configuration that all runs share
   * @param policies the policies to compare
   * @param seeds of the runs
   * @param budget of each
   * @param data location
   * @param backend of the executors
   * @param folder where the run folders go
   */
  record Sweep(
      String json,
      List<String> policies,
      List<Long> seeds,
      String budget,
      String data,
      String backend,
      String folder)
      implements Serializable {
    TrainingConfig config() {
      return TrainingConfigs.fromJson("the sweep's configuration", json);
    }

    Ablation ablation(TrainingConfig common, List<String> chosen, List<Long> of) {
      return new Ablation(
          common,
          chosen.stream()
              .map(text -> AblationText.contender(text, common.recursion().arguments()))
              .toList(),
          of,
          AblationText.budget(budget),
          Path.of(folder));
    }

    /** Trains one run in a task; returns its table as JSON. */
    String train(String policy, long seed) {
      DatasetLocation location = ExecutorData.locate(data);
      Dataset dataset = ExecutorData.get(data, key -> Trm.standard().dataset(location));
      TrainingConfig read = config();
      TrainingConfig common =
          read.withData(
              DataSettings.of(location, read.data().augment(), EvaluationData.split(dataset)));
      TaskContext task = TaskContext.get();
      try (Backend opened =
          Trm.standard().backend(BackendText.options(backend, task == null ? 1 : task.cpus()))) {
        AblationTable table =
            ablation(common, List.of(policy), List.of(seed))
                .run(new TrainerFactory(Set.of()), dataset, opened, Trainer::run);
        return Json.mapper().writeValueAsString(table);
      }
    }
  }
}
