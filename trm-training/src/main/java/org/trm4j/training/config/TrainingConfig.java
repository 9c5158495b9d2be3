package org.trm4j.training.config;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.training.TrainingException;

/**
 * Everything that determines a training run except the machine it runs on. {@link TrainingConfigs}
 * reads and changes it.
 *
 * @param name of the recipe
 * @param data the training data
 * @param model the network
 * @param recursion the recursion
 * @param optimizer the optimizers
 * @param halting adaptive computation time
 * @param run length, and how often it reports, evaluates and saves
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingConfig(
    String name,
    DataSettings data,
    Model model,
    Recursion recursion,
    OptimizerSettings optimizer,
    Halting halting,
    Run run) {

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

  /**
   * Returns the basis of the run's evaluations, such as {@code 200 puzzles of test in 16 steps};
   * only evaluations with the same basis are compared.
   */
  public String evaluationBasis() {
    int puzzles = run.evaluatePuzzles();
    return "%s of %s in %s steps"
        .formatted(
            puzzles == 0 ? "all puzzles" : puzzles + " puzzles",
            data.evaluationSplit(),
            halting.maxSteps());
  }

  /** Returns the schedule of the learning rates. */
  public OptimizerSettings.Schedule schedule() {
    return new OptimizerSettings.Schedule(
        optimizer.warmupSteps(), run.steps(), optimizer.minLearningRateRatio());
  }

  /**
   * Adaptive computation time in training.
   *
   * @param maxSteps supervision steps of one example at most
   * @param explorationProbability with which a minimum number of steps is drawn
   */
  public record Halting(int maxSteps, double explorationProbability) {
    /** Checks the ranges. */
    public Halting {
      Settings.atLeast("halting.maxSteps", maxSteps, 1);
      Settings.between("halting.explorationProbability", explorationProbability, 0, 1);
    }
  }

  /**
   * The recursion.
   *
   * @param policy id of the recursion policy
   * @param arguments some of its arguments, such as {@code T}, {@code n} and {@code lambda}
   */
  public record Recursion(String policy, Map<String, Number> arguments) {
    /** Copies the arguments. */
    public Recursion {
      arguments = Settings.sorted("recursion.arguments", arguments);
      Settings.check(
          !policy.isBlank(), "recursion.policy", "empty", "the id of a recursion policy");
    }
  }

  /**
   * The length of a run, and how often it reports, evaluates and saves.
   *
   * @param steps training steps, each with one update
   * @param batch slots that learn at the same time
   * @param seed of initial parameters, of the examples' order and of exploration
   * @param logEvery steps between two lines of metrics
   * @param evaluateEvery steps between two evaluations; 0 for none but the last, -1 for none at all
   * @param evaluatePuzzles puzzles that an evaluation takes from the start of the split; 0 for all
   * @param checkpointEvery steps between two checkpoints; 0 for none but the last and one before
   *     every evaluation
   * @param patience evaluations in a row without a better one after which the run ends; 0 for none
   * @param keepBest whether the best evaluated model is kept beside the last
   */
  public record Run(
      long steps,
      int batch,
      long seed,
      int logEvery,
      int evaluateEvery,
      int evaluatePuzzles,
      int checkpointEvery,
      int patience,
      boolean keepBest) {
    /** Checks the ranges. */
    public Run {
      Settings.atLeast("run.steps", steps, 1);
      Settings.atLeast("run.batch", batch, 1);
      Settings.atLeast("run.logEvery", logEvery, 1);
      Settings.atLeast("run.evaluateEvery", evaluateEvery, -1);
      Settings.atLeast("run.evaluatePuzzles", evaluatePuzzles, 0);
      Settings.atLeast("run.checkpointEvery", checkpointEvery, 0);
      Settings.atLeast("run.patience", patience, 0);
      Settings.check(
          patience == 0 || evaluateEvery > 0,
          "run.patience",
          patience,
          "0, or run.evaluateEvery above 0: it counts evaluations");
    }

    /** Returns whether the run evaluates its model at all. */
    public boolean evaluates() {
      return evaluateEvery >= 0;
    }
  }

  /**
   * The network's dimensions that do not follow from the data set; see {@link ModelConfig}.
   *
   * @param hiddenSize D
   * @param numHeads H
   * @param expansion of the SwiGLU
   * @param mixer of every layer
   * @param positions the position encoding
   * @param puzzleEmbDim width of the puzzle embedding; 0 for none
   * @param puzzleEmbLen P
   */
  public record Model(
      int hiddenSize,
      int numHeads,
      double expansion,
      ModelConfig.Mixer mixer,
      ModelConfig.Positions positions,
      int puzzleEmbDim,
      int puzzleEmbLen) {

    /**
     * Returns the model configuration for a data set.
     *
     * @param seqLen S
     * @param vocabSize V
     * @param puzzleIdentifiers rows of the puzzle embedding table
     */
    public ModelConfig config(int seqLen, int vocabSize, int puzzleIdentifiers) {
      try {
        return ModelConfig.builder()
            .hidden(hiddenSize, numHeads)
            .expansion(expansion)
            .tokens(seqLen, vocabSize)
            .mixer(mixer, positions)
            .puzzleEmbedding(puzzleEmbDim, puzzleEmbLen, puzzleIdentifiers)
            .build();
      } catch (IllegalArgumentException e) {
        throw new TrainingException("training configuration: " + e.getMessage(), e);
      }
    }
  }
}
