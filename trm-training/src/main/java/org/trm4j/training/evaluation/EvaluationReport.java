package org.trm4j.training.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Figures of an evaluation. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class EvaluationReport {
  private record Values(
      int puzzles,
      List<Step> steps,
      double meanSteps,
      double meanTotalSteps,
      double verified,
      double seconds,
      Map<String, Double> extra) {
    Values {
      steps = List.copyOf(steps);
      extra = Collections.unmodifiableMap(new TreeMap<>(extra));
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("evaluation: no steps, expected at least one");
      }
    }
  }

  private final Values values;

  private EvaluationReport(Values values) {
    this.values = values;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the puzzles with labels. */
  public int puzzles() {
    return values.puzzles;
  }

  /** Returns the figures after every supervision step, at least one. */
  public List<Step> steps() {
    return values.steps;
  }

  /** Returns the mean supervision steps of the chosen attempt. */
  public double meanSteps() {
    return values.meanSteps;
  }

  /** Returns the mean supervision steps of all attempts. */
  public double meanTotalSteps() {
    return values.meanTotalSteps;
  }

  /** Returns the share of answers that the puzzle's rules confirm; 0 if there are none. */
  public double verified() {
    return values.verified;
  }

  /** Returns the seconds of solving. */
  public double seconds() {
    return values.seconds;
  }

  /** Returns the figures of the data set's own evaluator, by name. */
  public Map<String, Double> extra() {
    return values.extra;
  }

  /** Returns the figures of the answers given. */
  public Step last() {
    return values.steps.getLast();
  }

  /** Returns the token accuracy of the answers given. */
  public double tokenAccuracy() {
    return last().tokenAccuracy();
  }

  /** Returns the exact accuracy of the answers given. */
  public double exactAccuracy() {
    return last().exactAccuracy();
  }

  /** Returns the halting accuracy of the answers given. */
  public double haltingAccuracy() {
    return last().haltingAccuracy();
  }

  /** Returns puzzles solved a second. */
  public double puzzlesPerSecond() {
    return values.puzzles / values.seconds;
  }

  /**
   * Returns all figures by name, as {@code trm eval --json} prints them.
   *
   * @param split that was evaluated
   * @param device that solved
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Map<String, Object> figures(String split, String device) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("puzzles", values.puzzles);
    figures.put("split", split);
    figures.put("exactAccuracy", exactAccuracy());
    figures.put("tokenAccuracy", tokenAccuracy());
    figures.put("haltingAccuracy", haltingAccuracy());
    figures.put("verified", values.verified);
    figures.put("exactAccuracyByStep", values.steps.stream().map(Step::exactAccuracy).toList());
    figures.put("tokenAccuracyByStep", values.steps.stream().map(Step::tokenAccuracy).toList());
    figures.put("meanSteps", values.meanSteps);
    figures.put("meanTotalSteps", values.meanTotalSteps);
    figures.put("puzzlesPerSecond", puzzlesPerSecond());
    figures.put("seconds", values.seconds);
    figures.put("device", device);
    figures.putAll(values.extra);
    return figures;
  }

  /**
   * Means over all puzzles of an evaluation after a supervision step; a puzzle that has stopped
   * keeps its answer.
   */
  public static final class Step {
    private record Values(
        int step,
        double tokenAccuracy,
        double exactAccuracy,
        double haltingAccuracy,
        double running) {}

    private final Values values;

    private Step(Values values) {
      this.values = values;
    }

    /** Returns a builder. */
    public static Builder builder() {
      return new Builder();
    }

    /** Returns the supervision step, 1 for the first. */
    public int step() {
      return values.step;
    }

    /** Returns the mean share of a puzzle's labels that the answer equals. */
    public double tokenAccuracy() {
      return values.tokenAccuracy;
    }

    /** Returns the share of puzzles that are right as a whole. */
    public double exactAccuracy() {
      return values.exactAccuracy;
    }

    /**
     * Returns the share of puzzles whose halting head (q_halt &gt;= 0) says whether they are right.
     */
    public double haltingAccuracy() {
      return values.haltingAccuracy;
    }

    /** Returns the share of puzzles that took this step. */
    public double running() {
      return values.running;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Step other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "Step" + values.toString().substring("Values".length());
    }

    /** Collects the figures of a step; those that are not set are 0. */
    public static final class Builder {
      private int step = 1;
      private double tokenAccuracy;
      private double exactAccuracy;
      private double haltingAccuracy;
      private double running;

      Builder() {}

      /** Sets the supervision step, 1 for the first. */
      public Builder step(int value) {
        step = value;
        return this;
      }

      /** Sets the mean share of a puzzle's labels that the answer equals. */
      public Builder tokenAccuracy(double value) {
        tokenAccuracy = value;
        return this;
      }

      /** Sets the share of puzzles that are right as a whole. */
      public Builder exactAccuracy(double value) {
        exactAccuracy = value;
        return this;
      }

      /**
       * Sets the share of puzzles whose halting head (q_halt &gt;= 0) says whether they are right.
       */
      public Builder haltingAccuracy(double value) {
        haltingAccuracy = value;
        return this;
      }

      /** Sets the share of puzzles that took this step. */
      public Builder running(double value) {
        running = value;
        return this;
      }

      /** Returns them. */
      public Step build() {
        return new Step(new Values(step, tokenAccuracy, exactAccuracy, haltingAccuracy, running));
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof EvaluationReport other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "EvaluationReport" + values.toString().substring("Values".length());
  }

  /** Collects the figures of an evaluation; those that are not set are 0. */
  public static final class Builder {
    private int puzzles;
    private List<Step> steps = List.of();
    private double meanSteps;
    private double meanTotalSteps;
    private double verified;
    private double seconds;
    private Map<String, Double> extra = Map.of();

    Builder() {}

    /** Sets the puzzles with labels. */
    public Builder puzzles(int value) {
      puzzles = value;
      return this;
    }

    /** Sets the figures after every supervision step, at least one. */
    public Builder steps(List<Step> value) {
      steps = value;
      return this;
    }

    /** Sets the mean supervision steps of the chosen attempt. */
    public Builder meanSteps(double value) {
      meanSteps = value;
      return this;
    }

    /** Sets the mean supervision steps of all attempts. */
    public Builder meanTotalSteps(double value) {
      meanTotalSteps = value;
      return this;
    }

    /** Sets the share of answers that the puzzle's rules confirm. */
    public Builder verified(double value) {
      verified = value;
      return this;
    }

    /** Sets the seconds of solving. */
    public Builder seconds(double value) {
      seconds = value;
      return this;
    }

    /** Sets the figures of the data set's own evaluator, by name. */
    public Builder extra(Map<String, Double> value) {
      extra = value;
      return this;
    }

    /** Returns them. */
    public EvaluationReport build() {
      return new EvaluationReport(
          new Values(puzzles, steps, meanSteps, meanTotalSteps, verified, seconds, extra));
    }
  }
}
