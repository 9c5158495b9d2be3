package org.trm4j.training.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingProgress;

/** What a run reports as names and numbers, for JSON. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class LogFigures {
  private LogFigures() {}

  /** Returns the figures of a window of training. */
  public static Map<String, @Nullable Object> of(TrainingProgress progress) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("step", progress.step());
    figures.put("totalSteps", progress.totalSteps());
    figures.put("loss", progress.loss());
    figures.put("languageLoss", progress.languageLoss());
    figures.put("haltLoss", progress.haltLoss());
    figures.put("continueLoss", progress.continueLoss());
    figures.put("learningRate", progress.learningRate());
    figures.put("halted", progress.halted().map(LogFigures::of).orElse(null));
    figures.put("examples", progress.examples());
    figures.put("puzzlesPerSecond", progress.puzzlesPerSecond());
    figures.put("seconds", progress.seconds());
    return figures;
  }

  private static Map<String, Object> of(TrainingProgress.Halted halted) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", halted.count());
    figures.put("tokenAccuracy", halted.tokenAccuracy());
    figures.put("exactAccuracy", halted.exactAccuracy());
    figures.put("haltingAccuracy", halted.haltingAccuracy());
    figures.put("meanSteps", halted.meanSteps());
    return figures;
  }

  /** Returns the figures of an evaluation. */
  public static Map<String, Object> of(EvaluationReport report) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("puzzles", report.puzzles());
    figures.put("steps", report.steps().stream().map(LogFigures::of).toList());
    figures.put("meanSteps", report.meanSteps());
    figures.put("meanTotalSteps", report.meanTotalSteps());
    figures.put("verified", report.verified());
    figures.put("seconds", report.seconds());
    figures.put("extra", report.extra());
    return figures;
  }

  private static Map<String, Object> of(EvaluationReport.Step step) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("step", step.step());
    figures.put("tokenAccuracy", step.tokenAccuracy());
    figures.put("exactAccuracy", step.exactAccuracy());
    figures.put("haltingAccuracy", step.haltingAccuracy());
    figures.put("running", step.running());
    return figures;
  }
}
