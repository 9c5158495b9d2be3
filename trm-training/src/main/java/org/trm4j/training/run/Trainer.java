package org.trm4j.training.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.SolveStoppedException;
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
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.DataIdentity;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunLock;
import org.trm4j.training.config.LearningRateSchedule;
import org.trm4j.training.config.RunSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.MetricsLog;
import org.trm4j.training.metrics.MetricsWindow;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.metrics.TrainingStart;
import org.trm4j.training.slots.AdaptiveHalting;
import org.trm4j.training.slots.TrainingSlots;

/**
 * Trains a model by deep supervision (arXiv 2510.04871, section 2.3 and figure 3): every training
 * step is one supervision step of each slot with its own update; latent states carry over,
 * detached, until the slot's sequence halts and the next example takes its place.
 *
 * <p>Its run folder is locked until {@link #run} returns or {@link #close} is called. {@link
 * #requestStop} may be called by any thread; the rest belongs to one.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class Trainer implements AutoCloseable {
  private final TrainingConfig config;
  private final Dataset dataset;
  private final Backend backend;
  private final RunFolder folder;
  private final RunLock lock;
  private final String data;
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
  private long savedAt = -1;
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
      RunLock lock,
      @Nullable ResumeState resume,
      List<TrainingListener> listeners) {
    this.config = config;
    this.dataset = dataset;
    this.backend = backend;
    this.folder = folder;
    this.lock = lock;
    this.data = DataIdentity.of(dataset);
    this.resume = resume;
    this.listeners = new ArrayList<>(listeners);
    this.listeners.addFirst(new MetricsLog(folder.metricsFile()));
    this.description = config.describe(dataset);
    this.plan = TrainingPlan.of(description, config.halting().maxSteps());
    this.halting =
        new AdaptiveHalting(
            description.program().haltRule(), config.halting(), config.run().seed());
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

  /**
   * Asks the run to end after the step it is at, with a checkpoint; an evaluation is given up.
   * Returns at once.
   */
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
    ResumeState state = resume;
    ParameterSet initial =
        state == null
            ? ParameterInitializer.initialize(plan.parameters(), config.run().seed())
            : state.weights().matching(plan.parameters());
    try (TrainingSession session = backend.train(plan, initial, config.run().batch());
        ExampleStream stream =
            dataset.trainingStream(config.run().seed(), config.data().augment())) {
      TrainingSlots slots =
          new TrainingSlots(session, config.halting().maxSteps(), config.run().seed());
      if (state == null) {
        slots.fill(stream);
        examples = slots.count();
      } else {
        state.restore(plan, session, slots);
        savedAt = state.step();
        stream.skip(state.examples());
        step = state.step();
        examples = state.examples();
        seconds = state.seconds();
        window = MetricsWindow.restore(state.window());
        windowSeconds = state.windowSeconds();
      }
      TrainingResult result = loop(session, slots, stream);
      closeListeners(null);
      return result;
    } catch (RuntimeException | Error e) {
      closeListeners(e);
      throw e;
    } finally {
      close();
    }
  }

  /** Ends every listener, whatever the others do; what they throw never hides why a run failed. */
  private void closeListeners(@Nullable Throwable cause) {
    Throwable first = cause;
    for (TrainingListener listener : listeners) {
      try {
        listener.closed();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    if (cause == null && first instanceof RuntimeException e) {
      throw e;
    }
    if (cause == null && first instanceof Error e) {
      throw e;
    }
  }

  /** Frees the run folder; a second call does nothing. Not for a trainer that is running. */
  @Override
  public void close() {
    lock.close();
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
    long evaluatedAt = -1;
    // What was interrupted after its checkpoint and before its evaluation is evaluated now.
    if (savedAt == step && due(run.evaluateEvery()) && !evaluatedBefore()) {
      evaluate(session);
      evaluatedAt = step;
    }
    boolean trained = false;
    while (step < run.steps() && !stopRequested) {
      trained = true;
      train(session, slots, stream);
      boolean last = step == run.steps() || stopRequested;
      boolean evaluated = due(run.evaluateEvery()) || (last && run.evaluates());
      // Saved before it is evaluated: an evaluation may take long, fail or be stopped.
      if (due(run.checkpointEvery()) || evaluated || last) {
        save(session, slots);
      }
      if (evaluated && !stopRequested) {
        evaluate(session);
        evaluatedAt = step;
      }
    }
    // A run that was killed between its two files has an old model beside its last state.
    if (savedAt != step || !trained) {
      save(session, slots);
    }
    if (!stopRequested && run.evaluates() && evaluatedAt != step && !evaluatedBefore()) {
      evaluate(session);
    }
    TrainingResult result =
        new TrainingResult(
            step, step < run.steps(), folder.path(), lastProgress, lastEvaluation, seconds);
    listeners.forEach(listener -> listener.finished(result));
    return result;
  }

  private boolean evaluatedBefore() {
    return MetricsLog.evaluated(folder.metricsFile(), step);
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
          "training step %d: the loss is %s; %s".formatted(step, window.loss(), advice()));
    }
    double took = (System.nanoTime() - before) * 1e-9;
    seconds += took;
    windowSeconds += took;
    listeners.forEach(listener -> listener.stepped(step));
    if (due(config.run().logEvery()) || step == config.run().steps()) {
      report(rule.learningRate());
    }
  }

  private String advice() {
    return "lower the learning rate (now %s)%s"
        .formatted(
            config.optimizer().rule(step, schedule).learningRate(),
            savedAt < 0
                ? "; nothing was saved"
                : ", or resume from the checkpoint of step %d in %s"
                    .formatted(savedAt, folder.path()));
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
    try (TrmModel model = TrmModel.open(averaged(session.parameters(), session), backend)) {
      EvaluationReport report =
          evaluation.run(
              model,
              dataset.split(split),
              dataset.evaluator(split),
              done -> {},
              () -> stopRequested);
      lastEvaluation = report;
      listeners.forEach(listener -> listener.evaluated(step, report));
    } catch (SolveStoppedException e) {
      if (e.reason() != SolveStoppedException.Reason.REQUESTED) {
        throw e;
      }
      // There are no figures of a part; a resumed run evaluates this step.
    }
  }

  private void save(TrainingSession session, TrainingSlots slots) {
    ParameterSet parameters = session.parameters();
    ResumeState state =
        ResumeState.of(
            step,
            examples,
            seconds,
            window,
            windowSeconds,
            TrainingConfigs.toJson(config),
            backend.device(),
            data,
            plan,
            parameters,
            session,
            slots);
    state.checkFinite(advice());
    state.write(folder.resumeFile());
    ModelFiles.write(folder.modelFile(), averaged(parameters, session));
    savedAt = step;
    listeners.forEach(listener -> listener.saved(step, folder.path()));
  }

  /** Returns the model with averaged weights where there are averages. */
  private SavedModel averaged(ParameterSet parameters, TrainingSession session) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
    tensors.putAll(session.averages().tensors());
    return new SavedModel(
        description,
        new ParameterSet(tensors),
        Map.of("step", Long.toString(step), "recipe", config.name()));
  }
}
