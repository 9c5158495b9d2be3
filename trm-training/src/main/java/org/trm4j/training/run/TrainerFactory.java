package org.trm4j.training.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginException;
import org.trm4j.task.TaskProgram;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.DataIdentity;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunLock;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.metrics.TrainingListener;

/** Creates trainers that report to the same listeners. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainerFactory {
  private final Trm trm;
  private final List<TrainingListener> listeners;

  /**
   * Creates a factory of runs with the plug-ins of the class path.
   *
   * @param listeners observe every run
   */
  public TrainerFactory(Set<TrainingListener> listeners) {
    this(Trm.standard(), listeners);
  }

  /**
   * Creates a factory of runs with the plug-ins that a host has chosen: recursions, transitions and
   * optimizers are found among them. Open a trained model with the same ones ({@link Trm#open}).
   *
   * @param trm has the plug-ins
   * @param listeners observe every run
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public TrainerFactory(Trm trm, Set<TrainingListener> listeners) {
    this.trm = trm;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Returns a trainer of a new run.
   *
   * @param given the configuration; {@code dataset} overrides its data location
   * @param dataset kept open by the caller until the run ends
   * @param backend kept open by the caller until the run ends
   * @param folder the run folder, created if it does not exist; a folder that holds a run, or in
   *     which another process trains, is refused. It is locked until the trainer has run or is
   *     closed.
   */
  public Trainer start(TrainingConfig given, Dataset dataset, Backend backend, Path folder) {
    return start(given, dataset, backend, folder, null);
  }

  /**
   * Returns a trainer of a new run that starts with a model; otherwise like {@link
   * #start(TrainingConfig, Dataset, Backend, Path)}.
   *
   * @param from whose parameters are taken where they fit; null for random ones
   */
  public Trainer start(
      TrainingConfig given,
      Dataset dataset,
      Backend backend,
      Path folder,
      @Nullable WarmStart from) {
    TrainingConfig config = kept(given, dataset);
    ModelDescription description = describe(config, dataset);
    Plan plan = description.trainingPlan(config.halting().maxSteps());
    StartChecks.evaluation(config, dataset);
    Beginning beginning = beginning(config, dataset, description, plan, from);
    RunFolder.create(folder);
    RunFolder run = new RunFolder(folder);
    RunLock lock = run.lock();
    try {
      RunFolder.create(folder);
      StartChecks.space(folder, StartChecks.checkpointBytes(plan, config.run().batch()));
      run.begin(config);
      return new Trainer(config, dataset, backend, run, lock, beginning, listeners);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Returns a trainer of a new run that touches no file: {@link Trainer#model} and {@link
   * Trainer#bestModel} return its models. It cannot be resumed.
   *
   * @param given the configuration; {@code dataset} overrides its data location
   * @param dataset kept open by the caller until the run ends
   * @param backend kept open by the caller until the run ends
   */
  public Trainer startInMemory(TrainingConfig given, Dataset dataset, Backend backend) {
    return startInMemory(given, dataset, backend, null);
  }

  /**
   * Returns a trainer of a new run that touches no file and starts with a model.
   *
   * @param from whose parameters are taken where they fit; null for random ones
   */
  public Trainer startInMemory(
      TrainingConfig given, Dataset dataset, Backend backend, @Nullable WarmStart from) {
    TrainingConfig config = kept(given, dataset);
    ModelDescription description = describe(config, dataset);
    Plan plan = description.trainingPlan(config.halting().maxSteps());
    StartChecks.evaluation(config, dataset);
    Beginning beginning = beginning(config, dataset, description, plan, from);
    return new Trainer(config, dataset, backend, null, null, beginning, listeners);
  }

  private Beginning beginning(
      TrainingConfig config,
      Dataset dataset,
      ModelDescription description,
      Plan plan,
      @Nullable WarmStart from) {
    if (from == null) {
      return new Beginning(trm, description, null, null, List.of(), false);
    }
    WarmStart.StartingValues warm =
        from.fit(
            description,
            plan.parameters(),
            RunWriter.names(config, dataset),
            ParameterInitializer.initialize(plan.parameters(), config.run().seed()));
    return new Beginning(trm, description, null, warm, warm.notes(), false);
  }

  /**
   * Returns a trainer that continues exactly from the last checkpoint of a run: its losses are bit
   * for bit those of a run that was never interrupted.
   *
   * @param folder the run folder; {@link RunFolder#config} tells its data set
   */
  public Trainer resume(Path folder, Dataset dataset, Backend backend) {
    return resume(folder, dataset, backend, UnaryOperator.identity());
  }

  /**
   * Returns a trainer that continues from the last checkpoint of a run with some settings changed:
   *
   * <pre>{@code
   * factory.resume(folder, dataset, backend, run -> run.toBuilder().steps(20_000).build())
   * }</pre>
   *
   * @param change of the run's configuration; a changed setting that makes another model or other
   *     data is refused
   */
  public Trainer resume(
      Path folder, Dataset dataset, Backend backend, UnaryOperator<TrainingConfig> change) {
    return resume(folder, dataset, backend, change, false);
  }

  /**
   * Returns a trainer that goes back to the last checkpoint before the loss rose to more than twice
   * the lowest, and continues from there; with a lower learning rate, or it rises again. Throws
   * {@link TrainingException} where the loss of the last checkpoint had not risen.
   *
   * @param change as {@link #resume(Path, Dataset, Backend, UnaryOperator)} takes it
   */
  public Trainer rewind(
      Path folder, Dataset dataset, Backend backend, UnaryOperator<TrainingConfig> change) {
    return resume(folder, dataset, backend, change, true);
  }

  private Trainer resume(
      Path folder,
      Dataset dataset,
      Backend backend,
      UnaryOperator<TrainingConfig> change,
      boolean rewind) {
    RunFolder run = RunFolder.open(folder);
    RunLock lock = run.lock();
    try {
      TrainingConfig before = run.config();
      TrainingConfig config = change.apply(before);
      StartChecks.unchanged(before, config);
      ResumeState state = ResumeState.read(rewind ? run.rewindFile() : run.resumeFile());
      // Checked before anything in the folder changes, so that refused settings do no harm.
      ModelDescription description = describe(config, dataset);
      Plan plan = description.trainingPlan(config.halting().maxSteps());
      state.check(plan, config.run().batch());
      DataIdentity.same(state.data(), DataIdentity.of(dataset));
      StartChecks.steps(config, state.counters().step());
      StartChecks.evaluation(config, dataset);
      StartChecks.space(folder, StartChecks.checkpointBytes(plan, config.run().batch()));
      StartChecks.device(state.device(), backend.device());
      List<String> notes = new ArrayList<>(StartChecks.evaluations(before, config));
      if (rewind) {
        run.rewind();
        notes.add(
            "back at the checkpoint of step %s, before the loss rose"
                .formatted(state.counters().step()));
      }
      run.continueWith(config, state.counters().step());
      return new Trainer(
          config,
          dataset,
          backend,
          run,
          lock,
          new Beginning(trm, description, state, null, List.copyOf(notes), rewind),
          listeners);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Returns the configuration that the run folder keeps: the given one, with the data set that is
   * used.
   */
  public static TrainingConfig kept(TrainingConfig given, Dataset dataset) {
    return DataIdentity.in(given, dataset);
  }

  /**
   * Returns the description of the model; throws if the settings do not make a valid one. It holds
   * the task where others might not find the plug-ins that make it.
   */
  private ModelDescription describe(TrainingConfig config, Dataset dataset) {
    ModelDescription plain = config.describe(dataset);
    try {
      TaskProgram task = plain.task(trm.plugins());
      return trm == Trm.standard()
          ? plain
          : new ModelDescription(
              plain.config(),
              plain.policy(),
              plain.policyArguments(),
              plain.domain(),
              plain.domainOptions(),
              task);
    } catch (PluginException e) {
      boolean known =
          trm.plugins().recursionPolicies().usable().containsKey(config.recursion().policy());
      throw new TrainingException(
          "training configuration: %s: %s"
              .formatted(known ? "recursion.arguments" : "recursion.policy", e.getMessage()),
          e);
    }
  }
}
