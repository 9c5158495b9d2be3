package org.trm4j.training.metrics;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.EvaluationReport;

/**
 * How a run ended.
 *
 * @param step the last training step
 * @param end why it ended
 * @param folder the run folder; null for a run that is in memory alone
 * @param lastProgress the last reported means; null where a run ended before the first
 * @param lastEvaluation the last evaluation; null where there was none
 * @param seconds of training, those of earlier parts of a resumed run included
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingResult(
    long step,
    RunEnd end,
    @Nullable Path folder,
    @Nullable TrainingProgress lastProgress,
    @Nullable EvaluationReport lastEvaluation,
    double seconds) {

  /** Returns whether it was asked to stop before its end. */
  public boolean stopped() {
    return end == RunEnd.STOPPED;
  }
}
