package org.trm4j.training.config;

import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * All that determines a training run but the machine it runs on. {@link TrainingConfigs} reads and
 * changes it.
 *
 * @param name of the recipe
 * @param data what is trained on
 * @param model the network
 * @param recursion the recursion
 * @param optimizer the optimizers
 * @param halting adaptive computation time
 * @param run length and rhythm
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingConfig(
    String name,
    DataSettings data,
    ModelSettings model,
    RecursionSettings recursion,
    OptimizerSettings optimizer,
    HaltingSettings halting,
    RunSettings run) {

  /** Returns the description of the model that is trained on a data set. */
  public ModelDescription describe(Dataset dataset) {
    PuzzleDomain domain = dataset.domain();
    return new ModelDescription(
        model.config(domain.seqLen(), domain.vocabSize(), dataset.puzzleIdentifiers()),
        recursion.policy(),
        recursion.arguments(),
        domain.id(),
        domain.options());
  }

  /** Returns a builder that begins with these settings. */
  public TrainingConfigBuilder toBuilder() {
    return new TrainingConfigBuilder(this);
  }

  /** Returns the same run on other data. */
  public TrainingConfig withData(DataSettings other) {
    return new TrainingConfig(name, other, model, recursion, optimizer, halting, run);
  }

  /** Returns the schedule of the learning rates. */
  public LearningRateSchedule schedule() {
    return new LearningRateSchedule(
        optimizer.warmupSteps(), run.steps(), optimizer.minLearningRateRatio());
  }
}
