package org.trm4j.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.checkpoint.ModelFiles;
import org.trm4j.checkpoint.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/**
 * Trains a model by deep supervision (arXiv 2510.04871, section 2.3 and figure 3): every training
 * step is one supervision step of each slot with its own update; latent states carry over,
 * detached, until the slot's sequence halts and the next example takes its place.
 *
 * <p>{@link #requestStop} may be called by any thread; the rest belongs to one.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class Trainer {
  private final TrainingConfig config;
  private final Dataset dataset;
  private final Backend backend;
  private final RunFolder folder;
  private final @Nullable ResumeState resume;
  private final List<TrainingListener> listeners;
  private final ModelDescription description;
  private final Plan plan;
  private final AdaptiveHalting halting;
  private final LearningRateSchedule schedule;
  private volatile boolean stopRequested;
  private boolean ran;

  private long step;
  private long examples;
  private double seconds;
  private MetricsWindow window = new MetricsWindow();
  private double windowSeconds;
  private @Nullable TrainingProgress lastProgress;
  private @Nullable EvaluationReport lastEvaluation;

  Trainer(
      TrainingConfig config,
      Dataset dataset,
      Backend backend,
      RunFolder folder,
      @Nullable ResumeState resume,
      List<TrainingListener> listeners) {
    this.config = config;
    this.dataset = dataset;
    this.backend = backend;
    this.folder = folder;
    this.resume = resume;
    this.listeners = new ArrayList<>(listeners);
    this.listeners.addFirst(new MetricsLog(folder.metricsFile()));
    this.description = config.describe(dataset);
    this.plan = TrainingPlan.of(description, config.halting().maxSteps());
    this.halting =
        new AdaptiveHalting(plan.program().haltRule(), config.halting(), config.run().seed());
    this.schedule = config.schedule();
  }

  /** Returns the description of the model that is trained. */
  public ModelDescription description() {
    return description;
  }

  /** Returns the run folder. */
  public RunFolder folder() {
    return folder;
  }

  /** Asks the run to end after the step it is at, with a checkpoint; returns at once. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Trains to the end or until asked to stop; in both cases the run folder then holds the model and
   * can be resumed. Throws {@link TrainingException} when a loss is not finite.
   */
  public TrainingResult run() {
    if (ran) {
      throw new IllegalStateException("trainer: has run already; make another one");
    }
    ran = true;
    // Says now, not after hours of training, that there is no such split.
    dataset.split(config.data().evaluationSplit());
    ResumeState state = resume;
    ParameterSet initial =
        state == null
            ? ParameterInitializer.initialize(plan.parameters(), config.run().seed())
            : state.weights().matching(plan.parameters());
    try (TrainingSession session = backend.train(plan, initial, config.run().batch());
        ExampleStream stream =
            dataset.trainingStream(config.run().seed(), config.data().augment())) {
      TrainingSlots slots = new TrainingSlots(session, config.halting().maxSteps());
      if (state == null) {
        slots.fill(stream);
        examples = slots.count();
      } else {
        state.restore(plan, session, slots);
        stream.skip(state.examples());
        step = state.step();
        examples = state.examples();
        seconds = state.seconds();
        window = MetricsWindow.restore(state.window());
        windowSeconds = state.windowSeconds();
      }
      return loop(session, slots, stream);
    } finally {
      listeners.forEach(TrainingListener::closed);
    }
  }

  private TrainingResult loop(TrainingSession session, TrainingSlots slots, ExampleStream stream) {
    RunSettings run = config.run();
    TrainingStart start =
        new TrainingStart(
            config,
            description,
            ParameterLayout.trainedCount(plan.parameters(), false),
            folder.path(),
            backend.device(),
            step + 1);
    listeners.forEach(listener -> listener.started(start));
    long savedAt = -1;
    long evaluatedAt = -1;
    while (step < run.steps() && !stopRequested) {
      train(session, slots, stream);
      if (due(run.evaluateEvery())) {
        evaluate(session);
        evaluatedAt = step;
      }
      if (due(run.checkpointEvery())) {
        save(session, slots);
        savedAt = step;
      }
    }
    if (!stopRequested && evaluatedAt != step) {
      evaluate(session);
    }
    if (savedAt != step) {
      save(session, slots);
    }
    TrainingResult result =
        new TrainingResult(
            step, step < run.steps(), folder.path(), lastProgress, lastEvaluation, seconds);
    listeners.forEach(listener -> listener.finished(result));
    return result;
  }

  private boolean due(int every) {
    return every > 0 && step % every == 0;
  }

  private void train(TrainingSession session, TrainingSlots slots, ExampleStream stream) {
    long before = System.nanoTime();
    step++;
    examples += slots.refill(stream);
    boolean[] last = slots.advance();
    SequenceMetrics[] metrics = session.step(last, 1f / slots.count());
    UpdateRule rule = config.optimizer().rule(step, schedule);
    session.update(rule);
    for (int slot = 0; slot < metrics.length; slot++) {
      SequenceMetrics sequence = metrics[slot];
      boolean halted =
          halting.halted(
              step, slot, slots.steps(slot), sequence.haltLogit(), sequence.continueLogit());
      slots.halt(slot, halted);
      window.add(sequence, halted, slots.steps(slot));
    }
    if (!Double.isFinite(window.loss())) {
      throw new TrainingException(
          "training step %d: the loss is %s; lower the learning rate (now %s), or resume from the checkpoint in %s"
              .formatted(step, window.loss(), rule.learningRate(), folder.path()));
    }
    double took = (System.nanoTime() - before) * 1e-9;
    seconds += took;
    windowSeconds += took;
    listeners.forEach(listener -> listener.stepped(step));
    if (due(config.run().logEvery()) || step == config.run().steps()) {
      report(rule.learningRate());
    }
  }

  private void report(double learningRate) {
    TrainingProgress progress =
        new TrainingProgress(
            step,
            config.run().steps(),
            window.loss(),
            window.languageLoss(),
            window.haltLoss(),
            window.continueLoss(),
            learningRate,
            window.halted(),
            examples,
            window.sequences() / windowSeconds,
            seconds);
    window = new MetricsWindow();
    windowSeconds = 0;
    lastProgress = progress;
    listeners.forEach(listener -> listener.progressed(progress));
  }

  private void evaluate(TrainingSession session) {
    String split = config.data().evaluationSplit();
    Evaluation evaluation =
        new Evaluation(
            Evaluation.published().withMaxSteps(config.halting().maxSteps()),
            config.run().batch(),
            config.run().evaluatePuzzles());
    try (TrmModel model = TrmModel.open(averaged(session), backend)) {
      EvaluationReport report =
          evaluation.run(model, dataset.split(split), dataset.evaluator(split), done -> {});
      lastEvaluation = report;
      listeners.forEach(listener -> listener.evaluated(step, report));
    }
  }

  private void save(TrainingSession session, TrainingSlots slots) {
    ResumeState.of(step, examples, seconds, window, windowSeconds, plan, session, slots)
        .write(folder.resumeFile());
    ModelFiles.write(folder.modelFile(), averaged(session));
    listeners.forEach(listener -> listener.saved(step, folder.path()));
  }

  /** Returns the model with averaged weights where there are averages. */
  private SavedModel averaged(TrainingSession session) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(session.parameters().tensors());
    tensors.putAll(session.averages().tensors());
    return new SavedModel(
        description,
        new ParameterSet(tensors),
        Map.of("step", Long.toString(step), "recipe", config.name()));
  }
}
