package org.trm4j.spark.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkContext;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;

/**
 * Trains on a cluster by the library's trainer.
 *
 * @param context of Spark
 * @param backend of the executors, as {@code trm train} takes it
 * @param workers shards of slots; 0 for as many as tasks run at a time
 * @param steps how often workers come together
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record ClusterRun(SparkContext context, String backend, int workers, LocalSteps steps) {

  /**
   * Trains; continues the run if the folder holds a checkpoint.
   *
   * @param config of a new run; of an old one its own is taken, as {@code change} makes it
   * @param change of the configuration of an old run; null where the given configuration holds for
   *     it too
   * @param listeners hear of the run
   */
  public TrainingResult run(
      TrainingConfig config,
      Dataset dataset,
      Path folder,
      @Nullable UnaryOperator<TrainingConfig> change,
      Set<TrainingListener> listeners) {
    boolean old = Files.exists(new RunFolder(folder).resumeFile());
    TrainerFactory factory = new TrainerFactory(listeners);
    try (ClusterBackend spark =
        new ClusterBackend(
            context,
            Trm.standard().backend(OpenOptions.AUTO, 0),
            config.describe(dataset),
            config.halting().maxSteps(),
            backend,
            workers,
            steps,
            folder)) {
      Trainer trainer =
          old
              ? factory.resume(
                  folder,
                  dataset,
                  spark,
                  change == null
                      ? kept -> kept.toBuilder().steps(config.run().steps()).build()
                      : change)
              : factory.start(config, dataset, spark, folder);
      return trainer.run();
    }
  }
}
