package org.trm4j.training;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a run reports. */
final class Recorder implements TrainingListener {
  final List<TrainingProgress> progress = new ArrayList<>();
  final List<EvaluationReport> evaluations = new ArrayList<>();
  final List<Long> saves = new ArrayList<>();

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
