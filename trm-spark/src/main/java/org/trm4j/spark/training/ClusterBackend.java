package org.trm4j.spark.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/**
 * A backend whose training sessions have their slots on the executors of a cluster, so that the
 * library's trainer trains there as it does in one process. Inference runs on the driver.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ClusterBackend implements Backend {
  /** A file beside the checkpoint of a run with local steps. */
  private static final String MOMENTUM_FILE = "outer-momentum.safetensors";

  private final SparkContext context;
  private final Backend driver;
  private final byte[] model;
  private final int maxSteps;
  private final String backend;
  private final int workers;
  private final LocalSteps steps;
  private final Path folder;

  /**
   * Creates the backend.
   *
   * @param driver the backend of the driver's own work, updates and evaluations; closed with this
   *     one
   * @param description of the model that will be trained
   * @param maxSteps supervision steps of an example at most
   * @param backend of the executors, as {@code trm train} takes it
   * @param workers shards of slots; 0 for as many as tasks run at a time
   * @param steps how often workers come together
   * @param folder the run folder
   */
  public ClusterBackend(
      SparkContext context,
      Backend driver,
      ModelDescription description,
      int maxSteps,
      String backend,
      int workers,
      LocalSteps steps,
      Path folder) {
    this.context = context;
    this.driver = driver;
    this.model = file(description);
    this.maxSteps = maxSteps;
    this.backend = backend;
    this.steps = steps;
    this.folder = folder;
    int cpus = context.conf().getInt("spark.task.cpus", 1);
    this.workers = workers > 0 ? workers : Math.max(1, context.defaultParallelism() / cpus);
  }

  private static byte[] file(ModelDescription description) {
    try {
      Path file = Files.createTempFile("trm-description", ".safetensors");
      try {
        ModelFiles.write(file, new SavedModel(description, new ParameterSet(Map.of()), Map.of()));
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model's description cannot be written: " + e, e);
    }
  }

  @Override
  public String id() {
    return "spark";
  }

  @Override
  public String device() {
    return "spark: %s workers on %s, %s, driver %s"
        .formatted(
            workers,
            backend,
            steps.count() == 1 ? "exact" : steps.count() + " local steps",
            driver.device());
  }

  @Override
  public LoadedModel load(Plan plan, ParameterSet parameters) {
    return driver.load(plan, parameters);
  }

  @Override
  public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
    if (batch < workers) {
      throw new BackendException(
          "spark: %s slots on %s workers, expected at least one slot a worker: raise run.batch, or ask for fewer workers"
              .formatted(batch, workers));
    }
    boolean local = steps.count() > 1;
    Shards.Setting setting = new Shards.Setting(workers, model, maxSteps, backend, local);
    return local
        ? new LocalStepsSession(
            context,
            setting,
            plan,
            parameters.matching(plan.parameters()),
            batch,
            steps,
            folder.resolve(MOMENTUM_FILE))
        : new ExactSession(context, setting, plan, driver.train(plan, parameters, 1), batch);
  }

  @Override
  public int parallelism() {
    return driver.parallelism();
  }

  @Override
  public void close() {
    driver.close();
  }
}
