package org.trm4j.training.metrics;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.evaluation.EvaluationReport;

/** Follows a training run. The training thread calls it and waits. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface TrainingListener {

  /** Called once before the first step. */
  default void started(Start start) {}

  /** Called after every training step. */
  default void stepped(long step) {}

  /**
   * Called every {@link TrainingConfig.Run#logEvery()} steps with the means since the last call.
   */
  default void progressed(TrainingProgress progress) {}

  /** Called after an evaluation of the averaged weights. */
  default void evaluated(long step, EvaluationReport report) {}

  /**
   * Called when the model of an evaluation is the best so far, before {@link #evaluated}.
   *
   * @param file where it is kept; null for a run without a folder
   */
  default void improved(long step, EvaluationReport report, @Nullable Path file) {}

  /** Called when model and resume state are in the run folder. */
  default void saved(long step, Path folder) {}

  /**
   * Called after {@link #saved} when the loss is more than twice the lowest of a checkpoint; the
   * resume state before it rose is kept, and {@code TrainerFactory.rewind} goes back to it.
   *
   * @param loss mean of about the last ten steps
   * @param lowest such mean at a checkpoint
   */
  default void lossRose(long step, double loss, double lowest, Path folder) {}

  /**
   * Returns whether the run ends now, with a checkpoint, as with {@code Trainer.requestStop}.
   * Called after every training step, and again after an evaluation.
   */
  default boolean stops() {
    return false;
  }

  /** Called at the end, also if the run was asked to stop, but not after a failure. */
  default void finished(TrainingResult result) {}

  /** Called when the run ends in any way, after everything else. */
  default void closed() {}

  /** The start of a run. */
  final class Start {
    private record Values(
        TrainingConfig config,
        ModelDescription description,
        long trainedParameters,
        Optional<Path> folder,
        String device,
        List<String> notes,
        long firstStep) {
      Values {
        notes = List.copyOf(notes);
      }
    }

    private final Values values;

    private Start(Values values) {
      this.values = values;
    }

    /** Returns a builder. */
    public static Builder builder() {
      return new Builder();
    }

    /** Returns the configuration. */
    public TrainingConfig config() {
      return values.config;
    }

    /** Returns the description of the model. */
    public ModelDescription description() {
      return values.description;
    }

    /** Returns the number of values that the dense optimizer trains. */
    public long trainedParameters() {
      return values.trainedParameters;
    }

    /** Returns the run folder; empty for a run that is in memory alone. */
    public Optional<Path> folder() {
      return values.folder;
    }

    /** Returns what it runs on. */
    public String device() {
      return values.device;
    }

    /** Returns remarks for the user, such as parts of a warm start that do not fit. */
    public List<String> notes() {
      return values.notes;
    }

    /** Returns 1, or the first step after the checkpoint of a resumed run. */
    public long firstStep() {
      return values.firstStep;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Start other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return "Start" + values.toString().substring("Values".length());
    }

    /** Collects what a run begins with; configuration and description must be set. */
    public static final class Builder {
      private @Nullable TrainingConfig config;
      private @Nullable ModelDescription description;
      private long trainedParameters;
      private @Nullable Path folder;
      private String device = "";
      private List<String> notes = List.of();
      private long firstStep = 1;

      Builder() {}

      /** Sets the configuration. */
      public Builder config(TrainingConfig value) {
        config = value;
        return this;
      }

      /** Sets the description of the model. */
      public Builder description(ModelDescription value) {
        description = value;
        return this;
      }

      /** Sets the number of values that the dense optimizer trains. */
      public Builder trainedParameters(long value) {
        trainedParameters = value;
        return this;
      }

      /** Sets the run folder; null for a run that is in memory alone. */
      public Builder folder(@Nullable Path value) {
        folder = value;
        return this;
      }

      /** Sets what it runs on. */
      public Builder device(String value) {
        device = value;
        return this;
      }

      /** Sets remarks for the user. */
      public Builder notes(List<String> value) {
        notes = value;
        return this;
      }

      /** Sets the first step: 1, or the one after the checkpoint of a resumed run. */
      public Builder firstStep(long value) {
        firstStep = value;
        return this;
      }

      /** Returns them. */
      public Start build() {
        return new Start(
            new Values(
                Objects.requireNonNull(config, "config"),
                Objects.requireNonNull(description, "description"),
                trainedParameters,
                Optional.ofNullable(folder),
                device,
                notes,
                firstStep));
      }
    }
  }
}
