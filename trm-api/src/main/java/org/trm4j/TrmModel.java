package org.trm4j;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.checkpoint.ModelFiles;
import org.trm4j.checkpoint.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.episode.TaskRules;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.identity.ModelFit;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.Backends;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.pretrained.PretrainedModels;
import org.trm4j.task.TaskProgram;

/**
 * A model that solves puzzles. Thread-safe: one model serves many threads.
 *
 * <pre>{@code
 * try (TrmModel model = TrmModel.pretrained("sudoku-4")) {
 *   Answer answer = model.solve("3.1.4..2.......1");
 *   System.out.println(answer.text() + " " + answer.verified() + " after " + answer.steps() + " steps");
 * }
 * }</pre>
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class TrmModel implements AutoCloseable {
  private static final int MAX_SLOTS_OF_ONE_PUZZLE = 16;

  private final ModelDescription description;
  private final IdentifierNames tasks;
  private final @Nullable PuzzleDomain domain;
  private final Backend backend;
  private final boolean ownsBackend;
  private final @Nullable TaskRules rules;
  private final LoadedModel loaded;
  private final SessionPool sessions;

  private TrmModel(SavedModel saved, PluginRegistry plugins, Backend backend, boolean ownsBackend) {
    // Not the model itself: what was read of its file is let go of once it is loaded.
    this.description = saved.description();
    this.tasks = IdentifierNames.of(saved);
    this.backend = backend;
    this.ownsBackend = ownsBackend;
    this.domain = description.puzzleDomain(plugins).orElse(null);
    TaskProgram task = description.task(plugins);
    this.rules = TaskRules.of(task, description.config(), domain, plugins);
    Plan plan = Plan.lower(description.config(), task);
    this.loaded = backend.load(plan, matching(saved, plan));
    this.sessions = new SessionPool(loaded, backend.parallelism());
  }

  private static ParameterSet matching(SavedModel saved, Plan plan) {
    try {
      return saved.parameters().matching(plan.parameters()).finite();
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("model: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a model file or a run folder, of any file system, on the best available backend. All of
   * it is read now: what becomes of the file later changes no answer.
   */
  public static TrmModel open(Path file) {
    return open(ModelFiles.read(file), Backends.AUTO, 0);
  }

  /**
   * Opens a model from a stream, such as that of a resource in the application's jar, on the best
   * available backend. The stream is read to its end and stays open.
   *
   * @param name of the source, for messages
   */
  public static TrmModel open(InputStream in, String name) {
    return open(ModelFiles.read(in, name), Backends.AUTO, 0);
  }

  /**
   * Opens a model in the box, such as {@code sudoku-9}, on the best available backend. Its artifact
   * ({@code org.trm4j:trm-model-sudoku-9}) must be on the class path or module path.
   *
   * @throws PluginException where there is no such model; the message lists those there are
   * @throws CheckpointException where the artifact is damaged
   */
  public static TrmModel pretrained(String name) {
    return open(PretrainedModels.get(name).read(), Backends.AUTO, 0);
  }

  /**
   * Opens a model.
   *
   * @param model the model
   * @param backend {@code auto}, a backend's id, or {@code id:device}
   * @param threads worker threads; 0 for all processors
   */
  public static TrmModel open(SavedModel model, String backend, int threads) {
    return opened(model, PluginRegistry.standard(), Backends.open(backend, threads));
  }

  /** Opens a model on a backend that it owns from now on. */
  static TrmModel opened(SavedModel model, PluginRegistry plugins, Backend backend) {
    try {
      return new TrmModel(model, plugins, backend, true);
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** Opens a model with other plug-ins on a backend that the caller keeps. */
  static TrmModel shared(SavedModel model, PluginRegistry plugins, Backend backend) {
    return new TrmModel(model, plugins, backend, false);
  }

  /** Opens a model on a backend that the caller keeps and closes, such as the one it trains on. */
  public static TrmModel open(SavedModel model, Backend backend) {
    return shared(model, PluginRegistry.standard(), backend);
  }

  /** Solves one puzzle with {@link SolveOptions#DEFAULT}, written as its domain writes puzzles. */
  public Answer solve(String question) {
    return solve(parse(question), SolveOptions.DEFAULT);
  }

  /**
   * Solves one puzzle. As many solves run at a time as the backend works on ({@link
   * Backend#parallelism}); further callers wait, in order.
   *
   * @throws SolveStoppedException where the thread was interrupted, or the options' time or
   *     patience ended, and no partial answer was asked for or there is none yet; an interrupted
   *     thread stays so
   * @throws BackendException where the model is closed, before or meanwhile
   */
  public Answer solve(Puzzle puzzle, SolveOptions options) {
    StopSignal stop = new StopSignal(options);
    int slots = Math.min(options.rollouts().count(), MAX_SLOTS_OF_ONE_PUZZLE);
    Answer[] result = new Answer[1];
    sessions.use(
        SessionPool.Kind.ONE_PUZZLE,
        slots,
        stop,
        session ->
            new BatchSolver(session, loaded.plan(), rules, domain, options, stop)
                .solve(List.of(puzzle).iterator(), (answer, number) -> result[0] = answer));
    if (result[0] == null) {
      throw stop.exception(0);
    }
    return result[0];
  }

  /**
   * Solves many puzzles in batches; stopped puzzles make room for the next ones.
   *
   * @param puzzles taken as there is room for them, up to {@code batch} before the first step
   * @param batch puzzles at a time, at least 1; memory is taken for no more than there are
   * @param answers takes each answer with its puzzle's number, in the order in which they are done;
   *     it may call this model
   * @return whether every puzzle was solved to its end; false only where the solve was stopped and
   *     {@link SolveOptions#withPartialAnswers} was asked for
   * @throws SolveStoppedException as {@link #solve(Puzzle, SolveOptions)} does; answers that were
   *     handed over before are whole
   * @throws BackendException where the model is closed, before or meanwhile
   */
  public boolean solveAll(
      Iterator<Puzzle> puzzles, int batch, SolveOptions options, ObjIntConsumer<Answer> answers) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: " + batch + ", expected at least 1");
    }
    sessions.checkOpen();
    StopSignal stop = new StopSignal(options);
    PuzzleQueue queue = new PuzzleQueue(puzzles);
    int slots = queue.slots(batch, options.rollouts().count());
    return slots == 0
        || sessions.use(
            SessionPool.Kind.MANY,
            slots,
            stop,
            session ->
                new BatchSolver(session, loaded.plan(), rules, domain, options, stop)
                    .solve(queue, answers));
  }

  /**
   * Returns a puzzle written as the domain writes puzzles; throws where the domain refuses it.
   *
   * @throws PluginException where the model's domain is not on the class path
   */
  public Puzzle parse(String question) {
    PuzzleDomain known = domain;
    if (known == null) {
      String id = description.domain();
      throw new PluginException(
          id.isEmpty()
              ? "model: has no puzzle domain that could read %s; give tokens".formatted(question)
              : "model: its puzzle domain '%s' is not on the class path; add org.trm4j:trm-datasets or the plug-in that has it, or give tokens"
                  .formatted(id));
    }
    return new Puzzle(known.codec().encode(question), 0);
  }

  /**
   * Checks that a data set is of the kind of puzzle, and of the tasks, that the model was trained
   * on; the result numbers its puzzles as the model does.
   *
   * @throws org.trm4j.dataset.spi.DatasetException that says what differs
   */
  public ModelFit fit(Dataset dataset) {
    return ModelFit.of(description, tasks, dataset);
  }

  /** Returns the puzzle domain, or null where the model has none or its plug-in is absent. */
  public @Nullable PuzzleDomain domain() {
    return domain;
  }

  /** Returns the plan that solves run. */
  public Plan plan() {
    return loaded.plan();
  }

  /** Returns the model's description. */
  public ModelDescription description() {
    return description;
  }

  /** Returns what the backend runs on. */
  public String device() {
    return backend.device();
  }

  /**
   * Frees the model with all that it holds; a second call does nothing. Solves that other threads
   * are in the middle of, or wait to begin, end with one {@link BackendException} that says so.
   */
  @Override
  public void close() {
    sessions.close();
    loaded.close();
    if (ownsBackend) {
      backend.close();
    }
  }
}
