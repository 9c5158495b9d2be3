package org.trm4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.log.ProgressLines;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.metrics.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a model on a cluster: {@code spark-submit --class org.trm4j.spark.Train JAR --config demo
 * --out /shared/run}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@Command(
    name = "Train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model on a cluster and writes a run folder, as trm train does.",
      "--resume continues from the last checkpoint, on this driver or another one that sees the"
          + " folder."
    })
public final class Train implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "D", description = "As trm train takes it.")
  private @Nullable String data;

  @Option(names = "--config", paramLabel = "C", description = "A recipe or a file.")
  private @Nullable String config;

  @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder.")
  private Path out;

  @Option(names = "--steps", paramLabel = "N", description = "Training steps.")
  private @Nullable Long steps;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change any setting.")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--resume", description = "Continue the run in the run folder.")
  private boolean resume;

  @Option(
      names = "--workers",
      defaultValue = "0",
      paramLabel = "N",
      description = "Shards of slots; as many as tasks run at a time unless given.")
  private int workers;

  @Option(
      names = "--local-steps",
      defaultValue = "1",
      paramLabel = "H",
      description = "Updates of each worker between two averagings; 1 for exact training.")
  private int localSteps;

  @Option(names = "--outer-rate", defaultValue = "0.7", description = "Of the averaging.")
  private double outerRate;

  @Option(names = "--outer-momentum", defaultValue = "0.9", description = "Of the averaging.")
  private double outerMomentum;

  @Option(names = "--backend", defaultValue = "auto", description = "Of the executors.")
  private String backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Train() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(Programs.run(new Train(), args));
  }

  @Override
  public Integer call() {
    LocalSteps local = new LocalSteps(localSteps, outerRate, outerMomentum);
    List<String> overrides = new ArrayList<>(changes);
    if (steps != null) {
      overrides.add("run.steps=" + steps);
    }
    TrainingConfig wanted = resume ? RunFolder.open(out).config() : recipe();
    TrainingConfig read = SettingsText.with(wanted, overrides);
    SparkSession spark =
        SparkSession.builder()
            .appName("TRM training")
            // A shard's latent states are on its old executor; waiting for that executor costs
            // less.
            .config("spark.locality.wait.process", "60s")
            .getOrCreate();
    try (Dataset dataset = read.data().open()) {
      TrainingConfig complete =
          resume || dataset.splits().contains(read.data().evaluationSplit())
              ? read
              : read.withData(
                  DataSettings.of(
                      read.data().parts(), read.data().augment(), EvaluationData.split(dataset)));
      ClusterRun run = new ClusterRun(spark.sparkContext(), backend, workers, local);
      TrainingResult result =
          run.run(
              complete,
              dataset,
              out,
              kept -> SettingsText.with(kept, overrides),
              Set.of(new ProgressLines(spec.commandLine().getOut())));
      return result.stopped() ? 130 : 0;
    } finally {
      spark.stop();
    }
  }

  private TrainingConfig recipe() {
    if (config == null) {
      throw new TrainingException(
          "Train: a new run needs --config; an old one goes on with --resume");
    }
    if (java.nio.file.Files.exists(new RunFolder(out).resumeFile())) {
      throw new TrainingException(
          "run folder %s: holds a run already; give --resume, or another folder".formatted(out));
    }
    TrainingConfig recipe = TrainingConfigs.recipeOrFile(config);
    return data == null
        ? recipe
        : recipe.withData(
            DataSettings.of(
                List.of(DataSettings.Part.of(DataText.locate(data), Weight.ONE)),
                recipe.data().augment(),
                recipe.data().evaluationSplit()));
  }
}
