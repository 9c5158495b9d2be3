package org.trm4j.training.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.log.MetricsLog;

/**
 * Finds the best evaluation of a run: by exactly solved puzzles, then by tokens. A resumed run
 * reads it from its metrics and the best model's metadata.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class BestModel {
  private static final System.Logger LOG = System.getLogger(BestModel.class.getName());
  private static final String EXACT = "exactAccuracy";
  private static final String TOKENS = "tokenAccuracy";

  private static final String OVER = "evaluatedOver";

  private final String over;
  private double exact = -1;
  private double tokens = -1;
  private int evaluationsSince;

  /**
   * No evaluation so far.
   *
   * @param over what the evaluations are over, as {@link
   *     org.trm4j.training.config.TrainingConfig#evaluationBasis} says it
   */
  public BestModel(String over) {
    this.over = over;
  }

  /**
   * Returns what a run knew at a checkpoint.
   *
   * @param kept whether the run keeps its best model: where there is none, as in folders of earlier
   *     versions, the next evaluation is the best so far
   * @param over what evaluations are over now; earlier ones over something else do not count
   */
  public static BestModel at(RunFolder folder, long step, boolean kept, String over) {
    BestModel best = new BestModel(over);
    if (!kept || Files.exists(folder.bestFile())) {
      for (MetricsLog.Evaluated one : MetricsLog.evaluations(folder.metricsFile(), step)) {
        if (one.over().isEmpty() || one.over().equals(over)) {
          best.offer(one.exactAccuracy(), one.tokenAccuracy());
        }
      }
    }
    if (kept && Files.exists(folder.bestFile())) {
      best.atLeast(folder.bestFile(), step);
    }
    return best;
  }

  /**
   * A lost log must not let a worse model replace the best, nor must a run that went back to an
   * earlier step. The model of the last step counts only once its evaluation is in the log; a run
   * that was killed in between evaluates again.
   */
  private void atLeast(Path file, long step) {
    try {
      Map<String, String> metadata = SafetensorsReader.read(file).metadata();
      if (Long.parseLong(metadata.getOrDefault("step", "")) != step
          && metadata.getOrDefault(OVER, over).equals(over)) {
        double itsExact = Double.parseDouble(metadata.getOrDefault(EXACT, ""));
        double itsTokens = Double.parseDouble(metadata.getOrDefault(TOKENS, ""));
        if (better(itsExact, itsTokens)) {
          offer(itsExact, itsTokens);
        }
      }
    } catch (CheckpointException | NumberFormatException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: is not a best model of this run, a next one replaces it: {1}",
          file,
          e);
    }
  }

  private boolean better(double exactAccuracy, double tokenAccuracy) {
    return exactAccuracy > exact || (exactAccuracy == exact && tokenAccuracy > tokens);
  }

  /** Adds an evaluation; returns whether it is the best so far. */
  public boolean offer(EvaluationReport report) {
    return offer(report.exactAccuracy(), report.tokenAccuracy());
  }

  private boolean offer(double exactAccuracy, double tokenAccuracy) {
    boolean better = better(exactAccuracy, tokenAccuracy);
    if (better) {
      exact = exactAccuracy;
      tokens = tokenAccuracy;
      evaluationsSince = 0;
    } else {
      evaluationsSince++;
    }
    return better;
  }

  /** Returns the number of evaluations after the best. */
  public int evaluationsSince() {
    return evaluationsSince;
  }

  /** Returns what the best model's metadata says of its evaluation. */
  public Map<String, String> metadata() {
    return Map.of(EXACT, Double.toString(exact), TOKENS, Double.toString(tokens), OVER, over);
  }
}
