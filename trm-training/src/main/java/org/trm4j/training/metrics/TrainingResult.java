package org.trm4j.training.metrics;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingListener.TrainingProgress;

/**
 * How a run ended.
 *
 * @param step the last training step
 * @param end why it ended
 * @param folder the run folder; empty for a run that is in memory alone
 * @param lastProgress the last reported means; empty where a run ended before the first
 * @param lastEvaluation the last evaluation; empty where there was none
 * @param seconds of training, those of earlier parts of a resumed run included
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingResult(
    long step,
    End end,
    Optional<Path> folder,
    Optional<TrainingProgress> lastProgress,
    Optional<EvaluationReport> lastEvaluation,
    double seconds) {

  /** Returns whether it was asked to stop before its end. */
  public boolean stopped() {
    return end == End.STOPPED;
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
}
