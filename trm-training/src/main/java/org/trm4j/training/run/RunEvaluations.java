package org.trm4j.training.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.SolveStoppedException;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.checkpoint.BestModel;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingListener;

/** The evaluations of a run, which decide on the best model and on the end by patience. */
final class RunEvaluations {
  private final TrainingConfig config;
  private final Dataset dataset;
  private final Trm trm;
  private final Backend backend;
  private final @Nullable RunFolder folder;
  private final RunWriter writer;
  private final List<TrainingListener> listeners;
  private BestModel best;
  private @Nullable EvaluationReport last;

  RunEvaluations(
      TrainingConfig config,
      Dataset dataset,
      Trm trm,
      Backend backend,
      @Nullable RunFolder folder,
      RunWriter writer,
      List<TrainingListener> listeners) {
    this.config = config;
    this.dataset = dataset;
    this.trm = trm;
    this.backend = backend;
    this.folder = folder;
    this.writer = writer;
    this.listeners = listeners;
    this.best = new BestModel(config.evaluationBasis());
  }

  /** Restores the state at a checkpoint; a run in memory has none. */
  void resume(long step) {
    if (folder == null) {
      return;
    }
    best = BestModel.at(folder, step, config.run().keepBest(), config.evaluationBasis());
  }

  @Nullable EvaluationReport last() {
    return last;
  }

  boolean outOfPatience() {
    int patience = config.run().patience();
    return patience > 0 && best.evaluationsSince() >= patience;
  }

  /** Evaluates the averaged weights; a stopped evaluation gives no figures. */
  void evaluate(TrainingSession session, long step, long examples, BooleanSupplier stop) {
    String split = config.data().evaluationSplit();
    Evaluation evaluation =
        new Evaluation(
            Evaluation.published().withMaxSteps(config.halting().maxSteps()),
            config.run().batch(),
            config.run().evaluatePuzzles());
    SavedModel saved = writer.model(session, step, examples);
    try (TrmModel model = trm.open(saved, backend)) {
      EvaluationReport report =
          evaluation.run(model, dataset.split(split), dataset.evaluator(split), done -> {}, stop);
      last = report;
      if (best.offer(report) && config.run().keepBest()) {
        writer.keep(saved, best.metadata());
        Path file = folder == null ? null : folder.bestFile();
        listeners.forEach(listener -> listener.improved(step, report, file));
      }
      listeners.forEach(listener -> listener.evaluated(step, report));
    } catch (SolveStoppedException e) {
      if (e.reason() != SolveStoppedException.Reason.REQUESTED) {
        throw e;
      }
      // A resumed run evaluates this step.
    }
  }
}
