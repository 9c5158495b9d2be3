package org.trm4j.training.metrics;

import java.nio.file.Path;
import java.util.List;
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

  /**
   * The start of a run.
   *
   * @param config the configuration
   * @param description of the model
   * @param trainedParameters values that the dense optimizer trains
   * @param folder the run folder; empty for a run that is in memory alone
   * @param device what it runs on
   * @param notes remarks for the user, such as parts of a warm start that do not fit
   * @param firstStep 1, or the first step after the checkpoint of a resumed run
   */
  record Start(
      TrainingConfig config,
      ModelDescription description,
      long trainedParameters,
      Optional<Path> folder,
      String device,
      List<String> notes,
      long firstStep) {}

  /**
   * Means over the training steps since the last report.
   *
   * @param step the last of them
   * @param totalSteps of the run
   * @param loss per sequence: language + 0.5 x (halt + continue)
   * @param languageLoss per sequence
   * @param haltLoss per sequence, without its factor
   * @param continueLoss per sequence, without its factor; 0 where the program has none
   * @param learningRate of the last step
   * @param halted figures of the sequences that halted; empty where none did
   * @param examples examples taken from the stream so far
   * @param puzzlesPerSecond supervision steps of single puzzles a second
   * @param seconds of training so far, evaluations not counted
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  record TrainingProgress(
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
      double seconds) {

    /**
     * Means over sequences at the step at which they halted.
     *
     * @param count sequences with labels that halted, at least 1
     * @param tokenAccuracy share of labels that the arg-max equals
     * @param exactAccuracy share of sequences that are right as a whole
     * @param haltingAccuracy share of sequences whose halting head (q_halt &gt;= 0) says whether
     *     they are right
     * @param meanSteps supervision steps
     */
    public record Halted(
        long count,
        double tokenAccuracy,
        double exactAccuracy,
        double haltingAccuracy,
        double meanSteps) {}
  }
}
