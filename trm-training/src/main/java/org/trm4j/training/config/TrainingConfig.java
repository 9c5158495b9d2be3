package org.trm4j.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Everything that determines a training run except the machine it runs on. {@link TrainingConfigs}
 * has recipes and reads files, {@link #toBuilder} changes settings.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingConfig {
  record Values(
      String name,
      DataSettings data,
      ModelSettings model,
      Recursion recursion,
      OptimizerSettings optimizer,
      Halting halting,
      Run run) {}

  @JsonValue private final Values values;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  TrainingConfig(Values values) {
    this.values = values;
  }

  /** Returns the name of the recipe. */
  public String name() {
    return values.name;
  }

  /** Returns the training data. */
  public DataSettings data() {
    return values.data;
  }

  /** Returns the network. */
  public ModelSettings model() {
    return values.model;
  }

  /** Returns the recursion. */
  public Recursion recursion() {
    return values.recursion;
  }

  /** Returns the optimizers. */
  public OptimizerSettings optimizer() {
    return values.optimizer;
  }

  /** Returns adaptive computation time. */
  public Halting halting() {
    return values.halting;
  }

  /** Returns the length of the run, and how often it reports, evaluates and saves. */
  public Run run() {
    return values.run;
  }

  /** Returns the description of the model that is trained on a data set. */
  public ModelDescription describe(Dataset dataset) {
    PuzzleDomain domain = dataset.domain();
    return new ModelDescription(
        values.model.config(domain, dataset.puzzleIdentifiers()),
        values.recursion.policy(),
        values.recursion.arguments(),
        domain.id(),
        domain.options());
  }

  /** Returns a builder that begins with these settings. */
  public TrainingConfigBuilder toBuilder() {
    return new TrainingConfigBuilder(this);
  }

  /** Returns the same run on other data. */
  public TrainingConfig withData(DataSettings other) {
    return toBuilder().data(other).build();
  }

  /**
   * Returns the basis of the run's evaluations, such as {@code 200 puzzles of test in 16 steps};
   * only evaluations with the same basis are compared.
   */
  public String evaluationBasis() {
    int puzzles = values.run.evaluatePuzzles();
    return "%s of %s in %s steps"
        .formatted(
            puzzles == 0 ? "all puzzles" : puzzles + " puzzles",
            values.data.evaluationSplit(),
            values.halting.maxSteps());
  }

  /** Returns the schedule of the learning rates. */
  public OptimizerSettings.Schedule schedule() {
    return new OptimizerSettings.Schedule(
        values.optimizer.warmupSteps(),
        values.run.steps(),
        values.optimizer.minLearningRateRatio());
  }

  /** Adaptive computation time in training. */
  public static final class Halting {
    record Values(int maxSteps, double explorationProbability, boolean staggered) {
      Values {
        Settings.atLeast("halting.maxSteps", maxSteps, 1);
        Settings.between("halting.explorationProbability", explorationProbability, 0, 1);
      }
    }

    @JsonValue private final Values values;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Halting(Values values) {
      this.values = values;
    }

    Values values() {
      return values;
    }

    /** Returns the supervision steps of one example at most. */
    public int maxSteps() {
      return values.maxSteps;
    }

    /** Returns the probability with which a minimum number of steps is drawn. */
    public double explorationProbability() {
      return values.explorationProbability;
    }

    /**
     * Returns whether the first examples of a run end one after another, as if each slot had been
     * at work for another number of steps. Otherwise, as published, all slots change their examples
     * together for as long as no example is finished early.
     */
    public boolean staggered() {
      return values.staggered;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Halting other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "Halting" + values.toString().substring("Values".length());
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

  /** The length of a run, and how often it reports, evaluates and saves. */
  public static final class Run {
    record Values(
        long steps,
        int batch,
        long seed,
        int logEvery,
        int evaluateEvery,
        int evaluatePuzzles,
        int checkpointEvery,
        int patience,
        boolean keepBest) {
      Values {
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
    }

    @JsonValue private final Values values;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Run(Values values) {
      this.values = values;
    }

    /** Returns the training steps, each with one update. */
    public long steps() {
      return values.steps;
    }

    /** Returns the slots that learn at the same time. */
    public int batch() {
      return values.batch;
    }

    /** Returns the seed of initial parameters, of the examples' order and of exploration. */
    public long seed() {
      return values.seed;
    }

    /** Returns the steps between two lines of metrics. */
    public int logEvery() {
      return values.logEvery;
    }

    /** Returns the steps between two evaluations; 0 for none but the last, -1 for none at all. */
    public int evaluateEvery() {
      return values.evaluateEvery;
    }

    /** Returns the puzzles that an evaluation takes from the start of the split; 0 for all. */
    public int evaluatePuzzles() {
      return values.evaluatePuzzles;
    }

    /**
     * Returns the steps between two checkpoints; 0 for none but the last and one before every
     * evaluation.
     */
    public int checkpointEvery() {
      return values.checkpointEvery;
    }

    /**
     * Returns the evaluations in a row without a better one after which the run ends; 0 for none.
     */
    public int patience() {
      return values.patience;
    }

    /** Returns whether the best evaluated model is kept beside the last. */
    public boolean keepBest() {
      return values.keepBest;
    }

    /** Returns whether the run evaluates its model at all. */
    public boolean evaluates() {
      return values.evaluateEvery >= 0;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Run other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "Run" + values.toString().substring("Values".length());
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof TrainingConfig other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "TrainingConfig" + values.toString().substring("Values".length());
  }
}
