package org.trm4j.training.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.SafetensorsReader;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.MetricsLog;

/**
 * Which evaluation of a run was the best: by puzzles that are right as a whole, then by tokens.
 * What a resumed run knows of it lies in the run folder, in the best model's metadata and in the
 * metrics.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class BestModel {
  private static final Logger LOG = LoggerFactory.getLogger(BestModel.class);
  private static final String EXACT = "exactAccuracy";
  private static final String TOKENS = "tokenAccuracy";

  private long step = -1;
  private double exact = -1;
  private double tokens = -1;
  private int evaluationsSince;

  /** No evaluation so far. */
  public BestModel() {}

  /** Returns what a run knew at a checkpoint. */
  public static BestModel at(RunFolder folder, long step) {
    BestModel best = new BestModel();
    Path file = folder.bestFile();
    if (Files.exists(file)) {
      try {
        best.read(SafetensorsReader.read(file).metadata(), step);
      } catch (CheckpointException | NumberFormatException e) {
        LOG.warn("{}: is not the best model of this run, a next one replaces it: {}", file, e);
      }
    }
    best.evaluationsSince = MetricsLog.evaluations(folder.metricsFile(), best.step, step);
    return best;
  }

  private void read(Map<String, String> metadata, long last) {
    long found = Long.parseLong(metadata.getOrDefault("step", ""));
    double foundExact = Double.parseDouble(metadata.getOrDefault(EXACT, ""));
    double foundTokens = Double.parseDouble(metadata.getOrDefault(TOKENS, ""));
    if (found <= last) {
      step = found;
      exact = foundExact;
      tokens = foundTokens;
    }
  }

  /** Takes an evaluation; returns whether it is the best so far. */
  public boolean offer(long evaluated, EvaluationReport report) {
    // A run that was killed between the best model and its line of metrics evaluates again.
    boolean better =
        evaluated == step
            || report.exactAccuracy() > exact
            || (report.exactAccuracy() == exact && report.tokenAccuracy() > tokens);
    if (better) {
      step = evaluated;
      exact = report.exactAccuracy();
      tokens = report.tokenAccuracy();
      evaluationsSince = 0;
    } else {
      evaluationsSince++;
    }
    return better;
  }

  /** Returns the evaluations after the best. */
  public int evaluationsSince() {
    return evaluationsSince;
  }

  /** Returns what the best model's metadata says of its evaluation. */
  public Map<String, String> metadata() {
    return Map.of(EXACT, Double.toString(exact), TOKENS, Double.toString(tokens));
  }
}
