package org.trm4j.training.config;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.optimizer.UpdateSpec;
import org.trm4j.training.Weight;

/**
 * Makes a training configuration out of another one, setting by setting; a range is checked when
 * the configuration is built.
 *
 * <pre>{@code
 * TrainingConfig config =
 *     TrainingConfigs.recipe("demo").toBuilder()
 *         .dataset("sudoku")
 *         .options(Map.of("size", "4", "train", "2000", "test", "200"))
 *         .recursion("trm", Map.of("n", 2))
 *         .steps(500)
 *         .evaluateEvery(100)
 *         .patience(3)
 *         .build();
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingConfigBuilder {
  private String name;
  private TrainingConfig.Recursion recursion;
  private Weight weight;
  private List<DataSettings.Part> mixture;
  private String dataset;
  private String path;
  private Map<String, String> options;
  private boolean augment;
  private String evaluationSplit;
  private final ModelSettings.Draft model;
  private double learningRate;
  private long warmupSteps;
  private double minLearningRateRatio;
  private double weightDecay;
  private double beta1;
  private double beta2;
  private double puzzleLearningRate;
  private double puzzleWeightDecay;
  private double averageDecay;
  private List<UpdateSpec.Group> groups;
  private double clip;
  private TrainingConfig.Halting.Values halting;
  private long steps;
  private int batch;
  private long seed;
  private int logEvery;
  private int evaluateEvery;
  private int evaluatePuzzles;
  private int checkpointEvery;
  private int patience;
  private boolean keepBest;

  TrainingConfigBuilder(TrainingConfig from) {
    name = from.name();
    recursion = from.recursion();
    DataSettings data = from.data();
    weight = data.weight();
    mixture = data.mixture();
    dataset = data.dataset();
    path = data.path();
    options = data.options();
    augment = data.augment();
    evaluationSplit = data.evaluationSplit();
    model = new ModelSettings.Draft(from.model());
    learningRate = from.optimizer().learningRate();
    warmupSteps = from.optimizer().warmupSteps();
    minLearningRateRatio = from.optimizer().minLearningRateRatio();
    weightDecay = from.optimizer().weightDecay();
    beta1 = from.optimizer().beta1();
    beta2 = from.optimizer().beta2();
    puzzleLearningRate = from.optimizer().puzzleLearningRate();
    puzzleWeightDecay = from.optimizer().puzzleWeightDecay();
    averageDecay = from.optimizer().averageDecay();
    groups = from.optimizer().groups();
    clip = from.optimizer().clip();
    halting = from.halting().values();
    steps = from.run().steps();
    batch = from.run().batch();
    seed = from.run().seed();
    logEvery = from.run().logEvery();
    evaluateEvery = from.run().evaluateEvery();
    evaluatePuzzles = from.run().evaluatePuzzles();
    checkpointEvery = from.run().checkpointEvery();
    patience = from.run().patience();
    keepBest = from.run().keepBest();
  }

  /** Sets the name of the configuration. */
  public TrainingConfigBuilder name(String value) {
    name = value;
    return this;
  }

  /** Sets the recursion: a policy, with its default arguments. */
  public TrainingConfigBuilder recursion(String policy) {
    return recursion(policy, Map.of());
  }

  /**
   * Sets the recursion.
   *
   * @param policy id of the recursion policy
   * @param arguments some of its arguments; the others have their defaults
   */
  public TrainingConfigBuilder recursion(String policy, Map<String, ? extends Number> arguments) {
    recursion = new TrainingConfig.Recursion(policy, Map.copyOf(arguments));
    return this;
  }

  /** Sets all that is said about the training data. */
  public TrainingConfigBuilder data(DataSettings value) {
    dataset = value.dataset();
    path = value.path();
    options = value.options();
    augment = value.augment();
    evaluationSplit = value.evaluationSplit();
    weight = value.weight();
    mixture = value.mixture();
    return this;
  }

  /** Trains on one data set, without a mixture. */
  public TrainingConfigBuilder dataset(String value) {
    dataset = value;
    path = "";
    options = Map.of();
    weight = Weight.ONE;
    mixture = List.of();
    return this;
  }

  /** Sets the file or folder to open; empty to generate puzzles. */
  public TrainingConfigBuilder path(String value) {
    path = value;
    return this;
  }

  /** Sets the options of the data set provider. */
  public TrainingConfigBuilder options(Map<String, String> value) {
    options = value;
    return this;
  }

  /** Sets whether training examples are augmented. */
  public TrainingConfigBuilder augment(boolean value) {
    augment = value;
    return this;
  }

  /** Sets the split that evaluations run on. */
  public TrainingConfigBuilder evaluationSplit(String value) {
    evaluationSplit = value;
    return this;
  }

  /** Sets the hidden size D. */
  public TrainingConfigBuilder hiddenSize(int value) {
    model.hiddenSize = value;
    return this;
  }

  /** Sets the attention heads H. */
  public TrainingConfigBuilder numHeads(int value) {
    model.numHeads = value;
    return this;
  }

  /** Sets the expansion of the SwiGLU. */
  public TrainingConfigBuilder expansion(double value) {
    model.expansion = value;
    return this;
  }

  /** Sets the mixer of every layer. */
  public TrainingConfigBuilder mixer(ModelConfig.Mixer value) {
    model.mixer = value;
    return this;
  }

  /** Sets the position encoding. */
  public TrainingConfigBuilder positions(ModelConfig.Positions value) {
    model.positions = value;
    return this;
  }

  /** Sets the width of the puzzle embedding; 0 for none. */
  public TrainingConfigBuilder puzzleEmbDim(int value) {
    model.puzzleEmbDim = value;
    return this;
  }

  /** Sets the positions of the puzzle embedding, P. */
  public TrainingConfigBuilder puzzleEmbLen(int value) {
    model.puzzleEmbLen = value;
    return this;
  }

  /** Sets the odd width and height of the kernel of the mixer CONVOLUTION, K. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public TrainingConfigBuilder kernelSize(int value) {
    model.kernelSize = value;
    return this;
  }

  /** Sets the learning rate of trained parameters after the warm-up. */
  public TrainingConfigBuilder learningRate(double value) {
    learningRate = value;
    return this;
  }

  /** Sets the training steps of the linear warm-up. */
  public TrainingConfigBuilder warmupSteps(long value) {
    warmupSteps = value;
    return this;
  }

  /** Sets the end of the cosine as a share of the learning rate; 1 for a constant rate. */
  public TrainingConfigBuilder minLearningRateRatio(double value) {
    minLearningRateRatio = value;
    return this;
  }

  /** Sets the weight decay of trained parameters. */
  public TrainingConfigBuilder weightDecay(double value) {
    weightDecay = value;
    return this;
  }

  /** Sets the decay of the first moment. */
  public TrainingConfigBuilder beta1(double value) {
    beta1 = value;
    return this;
  }

  /** Sets the decay of the second moment. */
  public TrainingConfigBuilder beta2(double value) {
    beta2 = value;
    return this;
  }

  /** Sets the learning rate of puzzle embedding rows. */
  public TrainingConfigBuilder puzzleLearningRate(double value) {
    puzzleLearningRate = value;
    return this;
  }

  /** Sets the weight decay of puzzle embedding rows. */
  public TrainingConfigBuilder puzzleWeightDecay(double value) {
    puzzleWeightDecay = value;
    return this;
  }

  /** Sets the decay of the moving average of the weights. */
  public TrainingConfigBuilder averageDecay(double value) {
    averageDecay = value;
    return this;
  }

  /** Sets the parameters that other optimizers update, in order. */
  public TrainingConfigBuilder groups(List<UpdateSpec.Group> value) {
    groups = value;
    return this;
  }

  /** Sets the largest norm of all gradients together; 0 for no limit. */
  public TrainingConfigBuilder clip(double value) {
    clip = value;
    return this;
  }

  /** Sets the supervision steps of one example, at most. */
  public TrainingConfigBuilder maxSteps(int value) {
    return halting(value, halting.explorationProbability(), halting.staggered());
  }

  /** Sets the probability with which a minimum number of supervision steps is drawn. */
  public TrainingConfigBuilder explorationProbability(double value) {
    return halting(halting.maxSteps(), value, halting.staggered());
  }

  /** Sets whether the first examples end one after another. */
  public TrainingConfigBuilder staggered(boolean value) {
    return halting(halting.maxSteps(), halting.explorationProbability(), value);
  }

  private TrainingConfigBuilder halting(int maxSteps, double exploration, boolean staggered) {
    halting = new TrainingConfig.Halting.Values(maxSteps, exploration, staggered);
    return this;
  }

  /** Sets the training steps, each with one update. */
  public TrainingConfigBuilder steps(long value) {
    steps = value;
    return this;
  }

  /** Sets the slots that learn at the same time. */
  public TrainingConfigBuilder batch(int value) {
    batch = value;
    return this;
  }

  /** Sets the seed of initial parameters, of the order of examples and of exploration. */
  public TrainingConfigBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets the training steps between two reports of progress. */
  public TrainingConfigBuilder logEvery(int value) {
    logEvery = value;
    return this;
  }

  /**
   * Sets the training steps between two evaluations; 0 for none but the last, -1 for none at all.
   */
  public TrainingConfigBuilder evaluateEvery(int value) {
    evaluateEvery = value;
    return this;
  }

  /** Sets the puzzles of an evaluation, from the start of the split; 0 for all. */
  public TrainingConfigBuilder evaluatePuzzles(int value) {
    evaluatePuzzles = value;
    return this;
  }

  /**
   * Sets the training steps between two checkpoints; 0 for none but the last and one before every
   * evaluation.
   */
  public TrainingConfigBuilder checkpointEvery(int value) {
    checkpointEvery = value;
    return this;
  }

  /** Sets the evaluations in a row without a better one after which the run ends; 0 for none. */
  public TrainingConfigBuilder patience(int value) {
    patience = value;
    return this;
  }

  /** Sets whether the best evaluated model is kept beside the last. */
  public TrainingConfigBuilder keepBest(boolean value) {
    keepBest = value;
    return this;
  }

  /**
   * Returns the configuration.
   *
   * @throws org.trm4j.training.TrainingException that names the setting that is out of range
   */
  public TrainingConfig build() {
    return new TrainingConfig(
        new TrainingConfig.Values(
            name,
            new DataSettings(
                new DataSettings.Values(
                    dataset, path, options, augment, evaluationSplit, weight, mixture)),
            model.settings(),
            recursion,
            new OptimizerSettings(
                new OptimizerSettings.Values(
                    learningRate,
                    warmupSteps,
                    minLearningRateRatio,
                    weightDecay,
                    beta1,
                    beta2,
                    puzzleLearningRate,
                    puzzleWeightDecay,
                    averageDecay,
                    groups,
                    clip)),
            new TrainingConfig.Halting(halting),
            new TrainingConfig.Run(
                new TrainingConfig.Run.Values(
                    steps,
                    batch,
                    seed,
                    logEvery,
                    evaluateEvery,
                    evaluatePuzzles,
                    checkpointEvery,
                    patience,
                    keepBest))));
  }
}
