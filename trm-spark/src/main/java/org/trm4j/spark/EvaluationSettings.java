package org.trm4j.spark;

import java.io.Serializable;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.frontend.HaltingText;

/** How a model is evaluated; the defaults are those of {@code trm eval}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EvaluationSettings implements Serializable {
  /** One attempt with all steps that the model usually takes, as in the published evaluation. */
  public static final EvaluationSettings PUBLISHED = builder().build();

  private static final long serialVersionUID = 1;

  private record Values(
      String split,
      String backend,
      int steps,
      String halting,
      int attempts,
      double noise,
      Attempts.Choice choice,
      long seed,
      int batch,
      int puzzles,
      int tasks)
      implements Serializable {
    Values {
      if (steps < 0 || attempts < 1 || batch < 1 || puzzles < 0 || tasks < 0) {
        throw new IllegalArgumentException(
            "evaluation: steps %s, attempts %s, batch %s, puzzles %s, tasks %s; expected at least 0, 1, 1, 0 and 0"
                .formatted(steps, attempts, batch, puzzles, tasks));
      }
    }
  }

  private final Values values;

  private EvaluationSettings(Values values) {
    this.values = values;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that begins with these. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * Returns the split of the data set; empty for {@code test} where there is one, else the first.
   */
  public String split() {
    return values.split;
  }

  /** Returns {@code auto}, a backend's id, or {@code id:device}. */
  public String backend() {
    return values.backend;
  }

  /** Returns the supervision steps at most; 0 for what the model usually takes. */
  public int steps() {
    return values.steps;
  }

  /** Returns when to stop before that, as {@code trm eval --halt} takes it. */
  public String halting() {
    return values.halting;
  }

  /** Returns the attempts at each puzzle. */
  public int attempts() {
    return values.attempts;
  }

  /**
   * Returns the standard deviation of their noise; negative for what suits the model, as {@code trm
   * eval} chooses it.
   */
  public double noise() {
    return values.noise;
  }

  /** Returns which attempt's answer is taken. */
  public Attempts.Choice choice() {
    return values.choice;
  }

  /** Returns the seed of the noise and of random starts. */
  public long seed() {
    return values.seed;
  }

  /** Returns the puzzles at a time in each task. */
  public int batch() {
    return values.batch;
  }

  /** Returns how many puzzles from the start of the split; 0 for all. */
  public int puzzles() {
    return values.puzzles;
  }

  /** Returns the parts of the split; 0 for a number that suits its size and the cluster. */
  public int tasks() {
    return values.tasks;
  }

  /**
   * Returns how puzzles are solved.
   *
   * @param usualSigma the noise that attempts with the model usually get
   */
  SolveOptions options(double usualSigma) {
    double sigma = values.noise >= 0 ? values.noise : usualSigma;
    return SolveSettings.ofAtMost(values.steps)
        .withHalting(HaltingText.parse(values.halting))
        .withAttempts(
            values.attempts == 1
                ? Attempts.ONE
                : new Attempts(
                    values.attempts,
                    sigma,
                    values.seed,
                    values.choice,
                    values.choice == Attempts.Choice.VERIFIER));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof EvaluationSettings other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "EvaluationSettings" + values.toString().substring("Values".length());
  }

  /** Collects settings; those that are not set are as in {@link #PUBLISHED}. */
  public static final class Builder {
    private String split = "";
    private String backend = "auto";
    private int steps;
    private String halting = "fixed";
    private int attempts = 1;
    private double noise = -1;
    private Attempts.Choice choice = Attempts.Choice.HALTING_HEAD;
    private long seed = 1;
    private int batch = 32;
    private int puzzles;
    private int tasks;

    Builder() {}

    Builder(Values from) {
      split = from.split;
      backend = from.backend;
      steps = from.steps;
      halting = from.halting;
      attempts = from.attempts;
      noise = from.noise;
      choice = from.choice;
      seed = from.seed;
      batch = from.batch;
      puzzles = from.puzzles;
      tasks = from.tasks;
    }

    /**
     * Sets the split of the data set; empty for {@code test} where there is one, else the first.
     */
    public Builder split(String value) {
      split = value;
      return this;
    }

    /** Sets {@code auto}, a backend's id, or {@code id:device}. */
    public Builder backend(String value) {
      backend = value;
      return this;
    }

    /** Sets the supervision steps at most; 0 for what the model usually takes. */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /** Sets when to stop before that, as {@code trm eval --halt} takes it. */
    public Builder halting(String value) {
      halting = value;
      return this;
    }

    /** Sets the attempts at each puzzle. */
    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    /**
     * Sets the standard deviation of their noise; negative for what suits the model, as {@code trm
     * eval} chooses it.
     */
    public Builder noise(double value) {
      noise = value;
      return this;
    }

    /** Sets which attempt's answer is taken. */
    public Builder choice(Attempts.Choice value) {
      choice = value;
      return this;
    }

    /** Sets the seed of the noise and of random starts. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the puzzles at a time in each task. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** Sets how many puzzles from the start of the split; 0 for all. */
    public Builder puzzles(int value) {
      puzzles = value;
      return this;
    }

    /** Sets the parts of the split; 0 for a number that suits its size and the cluster. */
    public Builder tasks(int value) {
      tasks = value;
      return this;
    }

    /** Returns them. */
    public EvaluationSettings build() {
      return new EvaluationSettings(
          new Values(
              split, backend, steps, halting, attempts, noise, choice, seed, batch, puzzles,
              tasks));
    }
  }
}
