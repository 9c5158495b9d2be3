package org.trm4j.training.run;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;

/** Keeps what a run reports. */
public class Recorder implements TrainingListener {
  public final List<TrainingProgress> progress = new ArrayList<>();
  public final List<EvaluationReport> evaluations = new ArrayList<>();
  public final List<Long> saves = new ArrayList<>();

  List<Double> losses() {
    return progress.stream().map(TrainingProgress::loss).toList();
  }

  @Override
  public void progressed(TrainingProgress report) {
    progress.add(report);
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    evaluations.add(report);
  }

  @Override
  public void saved(long step, java.nio.file.Path folder) {
    saves.add(step);
  }
}
