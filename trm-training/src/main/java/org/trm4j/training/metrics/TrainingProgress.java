package org.trm4j.training.metrics;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Means over the training steps since the last report. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingProgress {
  private record Values(
      long step,
      long totalSteps,
      double loss,
      double languageLoss,
      double haltLoss,
      double continueLoss,
      double learningRate,
      Optional<Halted> halted,
      long examples,
      double puzzlesPerSecond,
      double seconds) {}

  private final Values values;

  private TrainingProgress(Values values) {
    this.values = values;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the last of the training steps. */
  public long step() {
    return values.step;
  }

  /** Returns the steps of the run. */
  public long totalSteps() {
    return values.totalSteps;
  }

  /** Returns the loss per sequence: language + 0.5 x (halt + continue). */
  public double loss() {
    return values.loss;
  }

  /** Returns the language loss per sequence. */
  public double languageLoss() {
    return values.languageLoss;
  }

  /** Returns the halting loss per sequence, without its factor. */
  public double haltLoss() {
    return values.haltLoss;
  }

  /** Returns the continue loss per sequence, without its factor; 0 where the program has none. */
  public double continueLoss() {
    return values.continueLoss;
  }

  /** Returns the learning rate of the last step. */
  public double learningRate() {
    return values.learningRate;
  }

  /** Returns the figures of the sequences that halted; empty where none did. */
  public Optional<Halted> halted() {
    return values.halted;
  }

  /** Returns the examples taken from the stream so far. */
  public long examples() {
    return values.examples;
  }

  /** Returns the supervision steps of single puzzles a second. */
  public double puzzlesPerSecond() {
    return values.puzzlesPerSecond;
  }

  /** Returns the seconds of training so far, evaluations not counted. */
  public double seconds() {
    return values.seconds;
  }

  /** Means over sequences at the step at which they halted. */
  public static final class Halted {
    private record Values(
        long count,
        double tokenAccuracy,
        double exactAccuracy,
        double haltingAccuracy,
        double meanSteps) {}

    private final Values values;

    private Halted(Values values) {
      this.values = values;
    }

    /** Returns the sequences with labels that halted, at least 1. */
    public long count() {
      return values.count;
    }

    /** Returns the share of labels that the arg-max equals. */
    public double tokenAccuracy() {
      return values.tokenAccuracy;
    }

    /** Returns the share of sequences that are right as a whole. */
    public double exactAccuracy() {
      return values.exactAccuracy;
    }

    /**
     * Returns the share of sequences whose halting head (q_halt &gt;= 0) says whether they are
     * right.
     */
    public double haltingAccuracy() {
      return values.haltingAccuracy;
    }

    /** Returns the mean of their supervision steps. */
    public double meanSteps() {
      return values.meanSteps;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Halted other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "Halted" + values.toString().substring("Values".length());
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof TrainingProgress other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "TrainingProgress" + values.toString().substring("Values".length());
  }

  /** Collects the figures of a report; those that are not set are 0. */
  public static final class Builder {
    private long step;
    private long totalSteps;
    private double loss;
    private double languageLoss;
    private double haltLoss;
    private double continueLoss;
    private double learningRate;
    private @Nullable Halted halted;
    private long examples;
    private double puzzlesPerSecond;
    private double seconds;

    Builder() {}

    /** Sets the last of the training steps. */
    public Builder step(long value) {
      step = value;
      return this;
    }

    /** Sets the steps of the run. */
    public Builder totalSteps(long value) {
      totalSteps = value;
      return this;
    }

    /** Sets the loss per sequence: language + 0.5 x (halt + continue). */
    public Builder loss(double value) {
      loss = value;
      return this;
    }

    /** Sets the language loss per sequence. */
    public Builder languageLoss(double value) {
      languageLoss = value;
      return this;
    }

    /** Sets the halting loss per sequence, without its factor. */
    public Builder haltLoss(double value) {
      haltLoss = value;
      return this;
    }

    /** Sets the continue loss per sequence, without its factor. */
    public Builder continueLoss(double value) {
      continueLoss = value;
      return this;
    }

    /** Sets the learning rate of the last step. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Sets the means over the sequences that halted.
     *
     * @param count sequences with labels that halted, at least 1
     * @param tokenAccuracy share of labels that the arg-max equals
     * @param exactAccuracy share of sequences that are right as a whole
     * @param haltingAccuracy share of sequences whose halting head says whether they are right
     * @param meanSteps supervision steps
     */
    public Builder halted(
        long count,
        double tokenAccuracy,
        double exactAccuracy,
        double haltingAccuracy,
        double meanSteps) {
      return halted(
          new Halted(
              new Halted.Values(count, tokenAccuracy, exactAccuracy, haltingAccuracy, meanSteps)));
    }

    /** Sets the means over the sequences that halted; null where none did. */
    public Builder halted(@Nullable Halted value) {
      halted = value;
      return this;
    }

    /** Sets the examples taken from the stream so far. */
    public Builder examples(long value) {
      examples = value;
      return this;
    }

    /** Sets the supervision steps of single puzzles a second. */
    public Builder puzzlesPerSecond(double value) {
      puzzlesPerSecond = value;
      return this;
    }

    /** Sets the seconds of training so far, evaluations not counted. */
    public Builder seconds(double value) {
      seconds = value;
      return this;
    }

    /** Returns them. */
    public TrainingProgress build() {
      return new TrainingProgress(
          new Values(
              step,
              totalSteps,
              loss,
              languageLoss,
              haltLoss,
              continueLoss,
              learningRate,
              Optional.ofNullable(halted),
              examples,
              puzzlesPerSecond,
              seconds));
    }
  }
}
