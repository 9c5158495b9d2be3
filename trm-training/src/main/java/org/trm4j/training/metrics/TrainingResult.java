package org.trm4j.training.metrics;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.EvaluationReport;

/** How a run ended. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingResult {
  private record Values(
      long step,
      End end,
      Optional<Path> folder,
      Optional<TrainingProgress> lastProgress,
      Optional<EvaluationReport> lastEvaluation,
      double seconds) {}

  private final Values values;

  private TrainingResult(Values values) {
    this.values = values;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the last training step. */
  public long step() {
    return values.step;
  }

  /** Returns why it ended. */
  public End end() {
    return values.end;
  }

  /** Returns the run folder; empty for a run that is in memory alone. */
  public Optional<Path> folder() {
    return values.folder;
  }

  /** Returns the last reported means; empty where a run ended before the first. */
  public Optional<TrainingProgress> lastProgress() {
    return values.lastProgress;
  }

  /** Returns the last evaluation; empty where there was none. */
  public Optional<EvaluationReport> lastEvaluation() {
    return values.lastEvaluation;
  }

  /** Returns the seconds of training, those of earlier parts of a resumed run included. */
  public double seconds() {
    return values.seconds;
  }

  /** Returns whether it was asked to stop before its end. */
  public boolean stopped() {
    return values.end == End.STOPPED;
  }

  /** Why a run ended. */
  public enum End {
    /** It reached its last step. */
    DONE("done"),
    /** It was asked to stop. */
    STOPPED("stopped"),
    /** It ran out of time. */
    OUT_OF_TIME("out of time"),
    /** Its evaluations stopped improving. */
    OUT_OF_PATIENCE("ended without a better evaluation");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /** Returns the end in a few words. */
    public String words() {
      return words;
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof TrainingResult other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "TrainingResult" + values.toString().substring("Values".length());
  }

  /** Collects how a run ended. */
  public static final class Builder {
    private long step;
    private End end = End.DONE;
    private @Nullable Path folder;
    private @Nullable TrainingProgress lastProgress;
    private @Nullable EvaluationReport lastEvaluation;
    private double seconds;

    Builder() {}

    /** Sets the last training step. */
    public Builder step(long value) {
      step = value;
      return this;
    }

    /** Sets why it ended. */
    public Builder end(End value) {
      end = value;
      return this;
    }

    /** Sets the run folder; null for a run that is in memory alone. */
    public Builder folder(@Nullable Path value) {
      folder = value;
      return this;
    }

    /** Sets the last reported means; null where a run ended before the first. */
    public Builder lastProgress(@Nullable TrainingProgress value) {
      lastProgress = value;
      return this;
    }

    /** Sets the last evaluation; null where there was none. */
    public Builder lastEvaluation(@Nullable EvaluationReport value) {
      lastEvaluation = value;
      return this;
    }

    /** Sets the seconds of training, those of earlier parts of a resumed run included. */
    public Builder seconds(double value) {
      seconds = value;
      return this;
    }

    /** Returns them. */
    public TrainingResult build() {
      return new TrainingResult(
          new Values(
              step,
              end,
              Optional.ofNullable(folder),
              Optional.ofNullable(lastProgress),
              Optional.ofNullable(lastEvaluation),
              seconds));
    }
  }
}
