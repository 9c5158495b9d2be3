package org.trm4j.training.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.episode.TaskRules;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.DataIdentity;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunIdentity;
import org.trm4j.training.checkpoint.RunLock;
import org.trm4j.training.config.OptimizerSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.jfr.TrainingStepRecord;
import org.trm4j.training.log.MetricsLog;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.metrics.TrainingResult.End;
import org.trm4j.training.slots.AdaptiveHalting;
import org.trm4j.training.slots.TrainingSlots;

/**
 * Trains a model by deep supervision (arXiv 2510.04871, section 2.3 and figure 3): every training
 * step is one supervision step of each slot with its own update; latent states carry over,
 * detached, until the slot's sequence halts and the next example takes its place.
 *
 * <p>Its run folder, if it has one, is locked until {@link #run} returns or {@link #close} is
 * called. Any thread may call {@link #requestStop}; everything else belongs to one thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Trainer implements AutoCloseable {
  private final TrainingConfig config;
  private final Dataset dataset;
  private final Trm trm;
  private final Backend backend;
  private final @Nullable RunFolder folder;
  private final @Nullable RunLock lock;
  private @Nullable ResumeState resume;
  private WarmStart.@Nullable StartingValues warm;
  private final List<String> notes;
  private final boolean rewound;
  private final List<TrainingListener> listeners;
  private final ModelDescription description;
  private final Plan plan;
  private final AdaptiveHalting halting;
  private final OptimizerSettings.Schedule schedule;
  private final RunWriter writer;
  private final RunEvaluations evaluations;
  private final ProgressReports progress;
  private final Divergence divergence;
  private volatile boolean stopRequested;
  private boolean ran;
  private boolean compact;
  private long step;
  private long examples;
  private long savedAt = -1;
  private double seconds;
  private TimeBudget time = new TimeBudget(null);

  Trainer(
      TrainingConfig config,
      Dataset dataset,
      Backend backend,
      @Nullable RunFolder folder,
      @Nullable RunLock lock,
      Beginning beginning,
      List<TrainingListener> listeners) {
    this.config = config;
    this.dataset = dataset;
    this.backend = backend;
    this.folder = folder;
    this.lock = lock;
    this.resume = beginning.state();
    this.warm = beginning.model();
    this.notes = beginning.notes();
    this.rewound = beginning.rewound();
    this.listeners = new ArrayList<>(listeners);
    if (folder != null) {
      this.listeners.addFirst(new MetricsLog(folder.metricsFile()));
    }
    this.trm = beginning.trm();
    this.description = beginning.description();
    this.plan = description.trainingPlan(config.halting().maxSteps());
    this.halting =
        new AdaptiveHalting(
            description.program().haltRule(), config.halting(), config.run().seed());
    this.schedule = config.schedule();
    String from = resume != null ? resume.from() : warm != null ? warm.from() : "";
    this.writer =
        new RunWriter(
            folder,
            new RunIdentity(
                config,
                backend.device(),
                DataIdentity.of(dataset),
                RunWriter.names(config, dataset).metadata(),
                from),
            description,
            plan);
    this.progress = new ProgressReports(config.run().steps());
    this.divergence = new Divergence(folder);
    this.evaluations =
        new RunEvaluations(config, dataset, trm, backend, folder, writer, this.listeners);
  }

  /** Returns the description of the model that is trained. */
  public ModelDescription description() {
    return description;
  }

  /**
   * Returns the run folder.
   *
   * @throws IllegalStateException if the run is in memory alone
   */
  public Path folder() {
    if (folder == null) {
      throw new IllegalStateException("trainer: this run has no folder, it is in memory alone");
    }
    return folder.path();
  }

  /** Returns the model of the last save, which ends every run; throws if there is none yet. */
  public SavedModel model() {
    SavedModel saved = writer.last();
    if (saved == null) {
      throw new IllegalStateException("trainer: has saved no model yet; run() ends with a save");
    }
    return saved;
  }

  /** Returns the best evaluated model, where {@link TrainingConfig.Run#keepBest} wants it kept. */
  public Optional<SavedModel> bestModel() {
    return Optional.ofNullable(writer.best());
  }

  private @Nullable Path path() {
    return folder == null ? null : folder.path();
  }

  /** Asks the run to end with a checkpoint after this step; abandons a running evaluation. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Trains to the end or until asked to stop; in both cases the run folder then holds the model and
   * can be resumed. Throws {@link TrainingException} when a loss is not finite.
   */
  public TrainingResult run() {
    return run(new TimeBudget(null));
  }

  /**
   * Trains like {@link #run()}, but for a limited time from now: steps, checkpoints and evaluations
   * are timed, so that the run saves before the time is over. A run that is resumed later is bit
   * for bit equal to an uninterrupted one.
   *
   * @param time at least zero
   */
  public TrainingResult run(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "training: the time is %s, expected at least zero".formatted(time));
    }
    return run(new TimeBudget(time));
  }

  private TrainingResult run(TimeBudget budget) {
    if (ran) {
      throw new IllegalStateException("trainer: has run already; make another one");
    }
    ran = true;
    time = budget;
    ResumeState state = resume;
    try (TrainingSession session =
            SessionStart.open(
                trm,
                backend,
                plan,
                config,
                schedule,
                SessionStart.weights(plan, config, resume, warm));
        ExampleStream stream =
            dataset.trainingStream(config.run().seed(), config.data().augment())) {
      TrainingSlots slots =
          new TrainingSlots(
              session,
              halting,
              config.run().seed(),
              TaskRules.of(
                  description.task(), description.config(), dataset.domain(), trm.plugins()));
      // The session has its own copy of the parameters now.
      warm = null;
      resume = null;
      if (state == null) {
        slots.fill(stream);
        examples = slots.count();
      } else {
        state.restore(plan, session, slots);
        RunCounters counters = state.counters();
        savedAt = counters.step();
        stream.resume(counters.examples(), counters.stream());
        step = counters.step();
        examples = counters.examples();
        seconds = counters.seconds();
        progress.restore(counters);
        divergence.restore(counters);
        evaluations.resume(step);
        compact = state.isCompact();
        if (compact) {
          slots.fill(stream, examples, step + 1);
          examples += slots.count();
        } else if (rewound) {
          save(session, slots, stream);
        }
      }
      TrainingResult result = loop(session, slots, stream);
      ListenerEnd.close(listeners, null);
      return result;
    } catch (RuntimeException | Error e) {
      ListenerEnd.close(listeners, e);
      throw e;
    } finally {
      close();
    }
  }

  /** Frees the run folder; a second call does nothing. Not for a trainer that is running. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  private TrainingResult loop(TrainingSession session, TrainingSlots slots, ExampleStream stream) {
    TrainingConfig.Run run = config.run();
    TrainingListener.Start start =
        TrainingListener.Start.builder()
            .config(config)
            .description(description)
            .trainedParameters(ParameterLayout.trainedCount(plan.parameters(), false))
            .folder(path())
            .device(backend.device())
            .notes(notes)
            .firstStep(step + 1)
            .build();
    listeners.forEach(listener -> listener.started(start));
    long evaluatedAt = -1;
    // If the run was interrupted between a checkpoint and its evaluation, it is evaluated now.
    if (savedAt == step && due(run.evaluateEvery()) && !evaluatedBefore()) {
      evaluate(session);
      evaluatedAt = step;
    }
    boolean trained = false;
    while (step < run.steps() && !stopRequested && time.forStep() && !evaluations.outOfPatience()) {
      trained = true;
      train(slots, stream);
      boolean last = step == run.steps() || stopRequested;
      boolean evaluated = due(run.evaluateEvery()) || (last && run.evaluates());
      // Saved before the evaluation, which may take long, fail or be stopped.
      if (due(run.checkpointEvery()) || evaluated || last) {
        save(session, slots, stream);
      }
      if (evaluated && !stopRequested) {
        evaluate(session);
        evaluatedAt = step;
        askListeners();
      }
    }
    // A run that was killed between writing its two files has an old model beside its last state.
    // A compact state is left as it is: what the slots took has not been worked at.
    if (savedAt != step || (!trained && !compact)) {
      save(session, slots, stream);
    }
    End end = end();
    if (end != End.STOPPED
        && run.evaluates()
        && evaluatedAt != step
        // A resumed run evaluates only at its own steps; otherwise patience and the best model
        // would change.
        && (end == End.DONE || due(run.evaluateEvery()))
        && !evaluatedBefore()) {
      evaluate(session);
    }
    TrainingResult result =
        TrainingResult.builder()
            .step(step)
            .end(end)
            .folder(path())
            .lastProgress(progress.last())
            .lastEvaluation(evaluations.last())
            .seconds(seconds)
            .build();
    listeners.forEach(listener -> listener.finished(result));
    return result;
  }

  private End end() {
    if (step >= config.run().steps()) {
      return End.DONE;
    }
    if (stopRequested) {
      return End.STOPPED;
    }
    return evaluations.outOfPatience() ? End.OUT_OF_PATIENCE : End.OUT_OF_TIME;
  }

  private boolean evaluatedBefore() {
    return folder != null && MetricsLog.evaluated(folder.metricsFile(), step);
  }

  private boolean due(int every) {
    return every > 0 && step > 0 && step % every == 0;
  }

  private void train(TrainingSlots slots, ExampleStream stream) {
    TrainingStepRecord event = new TrainingStepRecord();
    long before = System.nanoTime();
    step++;
    UpdateRule rule = config.optimizer().rule(step, schedule);
    examples += slots.step(stream, step, rule);
    progress.add(slots);
    event.ended(step, slots.count(), rule.learningRate(), () -> ProgressReports.loss(slots));
    if (!Double.isFinite(progress.loss())) {
      throw new TrainingException(
          "training step %s: the loss is %s; %s".formatted(step, progress.loss(), advice()));
    }
    divergence.add(ProgressReports.loss(slots));
    double took = (System.nanoTime() - before) * 1e-9;
    seconds += took;
    progress.took(took);
    time.stepTook(took);
    listeners.forEach(listener -> listener.stepped(step));
    if (due(config.run().logEvery()) || step == config.run().steps()) {
      report(rule.learningRate());
    }
    askListeners();
  }

  private void askListeners() {
    for (TrainingListener listener : listeners) {
      stopRequested |= listener.stops();
    }
  }

  private String advice() {
    return divergence.advice(config.optimizer().rule(step, schedule).learningRate(), savedAt);
  }

  private void report(double learningRate) {
    TrainingProgress report = progress.report(step, learningRate, examples, seconds);
    listeners.forEach(listener -> listener.progressed(report));
  }

  private void evaluate(TrainingSession session) {
    double before = time.elapsed();
    evaluations.evaluate(session, step, examples, () -> stopRequested || time.over());
    time.evaluationTook(time.elapsed() - before);
  }

  private void save(TrainingSession session, TrainingSlots slots, ExampleStream stream) {
    double before = time.elapsed();
    RunCounters counters = progress.counters(step, examples, stream.state(), seconds, divergence);
    writer.save(counters, session, slots, divergence, this::advice);
    savedAt = step;
    time.saveTook(time.elapsed() - before);
    Path where = path();
    if (where != null) {
      listeners.forEach(listener -> listener.saved(step, where));
      if (divergence.canGoBack()) {
        double loss = divergence.mean();
        listeners.forEach(listener -> listener.lossRose(step, loss, divergence.lowest(), where));
      }
    }
  }
}
