package org.trm4j;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.episode.TaskRules;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.jfr.ModelLoadRecord;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
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
  private static final int WARM_UP_STEPS = 2;

  private final ModelDescription description;
  private final PuzzleReader reader;
  private final @Nullable PuzzleDomain domain;
  private final Backend backend;
  private final boolean ownsBackend;
  private final LoadedModel loaded;
  private final SessionPool sessions;
  private final Solver solver;

  private TrmModel(
      SavedModel saved,
      PluginRegistry plugins,
      Backend backend,
      boolean ownsBackend,
      @Nullable SolveObserver observer) {
    ModelLoadRecord event = new ModelLoadRecord();
    // Does not hold the model itself: its file contents are released once it is loaded.
    this.description = saved.description();
    this.backend = backend;
    this.ownsBackend = ownsBackend;
    this.domain = description.puzzleDomain(plugins).orElse(null);
    this.reader = new PuzzleReader(description, domain, IdentifierNames.of(saved));
    TaskProgram task = description.task(plugins);
    TaskRules rules = TaskRules.of(task, description.config(), domain, plugins);
    Plan plan = Plan.lower(description.config(), task);
    this.loaded = backend.load(plan, matching(saved, plan));
    this.sessions = new SessionPool(loaded, backend.parallelism());
    this.solver = new Solver(sessions, loaded.plan(), rules, domain, task.usualSteps(), observer);
    event.loaded(
        plan.name(),
        description.domain(),
        backend.device(),
        plan.parameters().stream().mapToLong(parameter -> parameter.shape().size()).sum());
  }

  private static ParameterSet matching(SavedModel saved, Plan plan) {
    try {
      return saved.parameters().matching(plan.parameters()).finite();
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("model: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a model file or a run folder, of any file system, on the best available backend. The
   * whole file is read now, so later changes to it have no effect.
   */
  public static TrmModel open(Path file) {
    return open(file, OpenOptions.DEFAULT);
  }

  /** Opens a model file or a run folder, as {@link #open(Path)} does. */
  public static TrmModel open(Path file, OpenOptions options) {
    return open(ModelFiles.read(file), options);
  }

  /** Opens a model from a stream on the best available backend. */
  public static TrmModel open(InputStream in, String name) {
    return open(in, name, OpenOptions.DEFAULT);
  }

  /**
   * Opens a model from a stream. The stream is read to its end and stays open.
   *
   * @param name the name of the source, for messages
   */
  public static TrmModel open(InputStream in, String name, OpenOptions options) {
    return open(ModelFiles.read(in, name), options);
  }

  /**
   * Opens a model that is a resource of the application.
   *
   * @param owner a class of the jar or module that has the resource
   * @param resource as {@link Class#getResourceAsStream} takes it: beside the class, or from the
   *     root with a slash before it, such as {@code /models/model.safetensors}
   * @throws CheckpointException if there is no such resource, or it is not a model
   */
  public static TrmModel openResource(Class<?> owner, String resource, OpenOptions options) {
    return open(ModelFiles.readResource(owner, resource), options);
  }

  /**
   * Opens a model in the box, such as {@code sudoku-9}, on the best available backend. Its artifact
   * ({@code org.trm4j:trm-model-sudoku-9}) must be on the class path or module path.
   *
   * @throws PluginException where there is no such model; the message lists those there are
   * @throws CheckpointException where the artifact is damaged
   */
  public static TrmModel pretrained(String name) {
    return pretrained(name, OpenOptions.DEFAULT);
  }

  /** Opens a model in the box, as {@link #pretrained(String)} does. */
  public static TrmModel pretrained(String name, OpenOptions options) {
    Trm trm = options.trm();
    return trm.opened(trm.model(name).read(), options);
  }

  /** Opens a model that is in memory. */
  public static TrmModel open(SavedModel model, OpenOptions options) {
    return options.trm().opened(model, options);
  }

  /**
   * Opens a model.
   *
   * @param model the model
   * @param backend {@link OpenOptions#AUTO} or a backend's id
   * @param threads worker threads; 0 for all processors
   */
  public static TrmModel open(SavedModel model, String backend, int threads) {
    return open(model, OpenOptions.DEFAULT.withBackend(backend).withThreads(threads));
  }

  /** Opens a model on a backend that it then owns. */
  static TrmModel opened(
      SavedModel model, PluginRegistry plugins, Backend backend, OpenOptions options) {
    try {
      TrmModel opened =
          new TrmModel(model, plugins, backend, true, options.observer().orElse(null));
      if (options.warmUp()) {
        opened.warmUp();
      }
      return opened;
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** Opens a model with other plug-ins on a backend that the caller keeps. */
  static TrmModel shared(SavedModel model, PluginRegistry plugins, Backend backend) {
    return new TrmModel(model, plugins, backend, false, null);
  }

  /** Opens a model on a backend that the caller keeps and closes, such as the one it trains on. */
  public static TrmModel open(SavedModel model, Backend backend) {
    return shared(model, PluginRegistry.standard(), backend);
  }

  /**
   * Opens a model on a backend that the caller keeps and closes.
   *
   * @param observer sees every solve
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static TrmModel open(SavedModel model, Backend backend, SolveObserver observer) {
    return new TrmModel(model, PluginRegistry.standard(), backend, false, observer);
  }

  /** Solves one puzzle with {@link SolveOptions#DEFAULT}, written as its domain writes puzzles. */
  public Answer solve(String question) {
    return solve(question, SolveOptions.DEFAULT);
  }

  /** Solves one puzzle, written as its domain writes puzzles. */
  public Answer solve(String question, SolveOptions options) {
    return solve(parse(question), options);
  }

  /**
   * Solves one puzzle. At most {@link Backend#parallelism} solves run at a time; further callers
   * wait, in order.
   *
   * @throws SolveStoppedException if the thread was interrupted, the deadline passed or the stop
   *     signal was given, and no partial answer was requested or exists yet; an interrupted thread
   *     stays interrupted
   * @throws BackendException if the model is closed, before or during the call
   */
  public Answer solve(Puzzle puzzle, SolveOptions options) {
    return solver.one(puzzle, options);
  }

  /** Solves many puzzles with {@link SolveOptions#DEFAULT}; answers are in the puzzles' order. */
  public List<Answer> solveAll(List<Puzzle> puzzles) {
    return solveAll(puzzles, SolveOptions.DEFAULT);
  }

  /**
   * Solves many puzzles in batches; answers are in the puzzles' order. If the solve is stopped and
   * partial answers were requested, puzzles without a step are left out.
   *
   * @throws SolveStoppedException as {@link #solve(Puzzle, SolveOptions)} does
   */
  public List<Answer> solveAll(List<Puzzle> puzzles, SolveOptions options) {
    return solver.inOrder(puzzles, options, new StopSignal(options));
  }

  /**
   * Solves puzzles lazily, a few batches at a time, so that memory never holds all puzzles or all
   * answers. Answers are in the puzzles' order. The options' timeout covers the whole stream, from
   * the first request; if it expires and partial answers were requested, the stream ends.
   *
   * @throws SolveStoppedException as {@link #solve(Puzzle, SolveOptions)} does, from the stream's
   *     terminal operation
   */
  public Stream<Answer> solveAll(Stream<Puzzle> puzzles, SolveOptions options) {
    AnswerStream answers =
        new AnswerStream(
            puzzles.iterator(),
            Solver.BATCH,
            options,
            (part, stop) -> solver.inOrder(part, options, stop));
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(answers, traits), false)
        .onClose(puzzles::close);
  }

  /**
   * Solves many puzzles in batches; stopped puzzles make room for the next ones.
   *
   * @param puzzles read as slots become free, up to {@code batch} before the first step
   * @param batch puzzles at a time, at least 1; memory is allocated only for the puzzles there are
   * @param answers receives each answer with its puzzle's number, in the order of completion; it
   *     may call this model
   * @return whether every puzzle was solved to its end; false only if the solve was stopped and
   *     {@link SolveOptions#withPartialAnswers} was set
   * @throws SolveStoppedException as {@link #solve(Puzzle, SolveOptions)} does; answers delivered
   *     before that are complete
   * @throws BackendException if the model is closed, before or during the call
   */
  public boolean solveAll(
      Iterator<Puzzle> puzzles, int batch, SolveOptions options, ObjIntConsumer<Answer> answers) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: " + batch + ", expected at least 1");
    }
    return solver.many(puzzles, batch, options, new StopSignal(options), answers);
  }

  /**
   * Returns the drafts of a puzzle as they are made. Every subscriber gets its own solve on its own
   * thread; cancelling the subscription stops it. {@code onError} receives what {@link
   * #solve(Puzzle, SolveOptions)} throws. To get the answer as well, give {@code solve} a {@link
   * SolveOptions#withListener listener}.
   */
  public Flow.Publisher<Draft> drafts(Puzzle puzzle, SolveOptions options) {
    return new DraftPublisher(this, puzzle, options);
  }

  /**
   * Solves some dummy puzzles, so that classes are loaded and loops compiled: the first solve of a
   * fresh JVM then takes about a second less. The observer does not see it.
   */
  public void warmUp() {
    SolveOptions options =
        SolveOptions.DEFAULT
            .withMaxSteps(WARM_UP_STEPS)
            .withHalting(progress -> false)
            .withDrafts(false);
    Puzzle puzzle = new Puzzle(WarmUp.question(description.config(), domain), 0);
    Solver unobserved = solver.unobserved();
    unobserved.one(puzzle, options);
    // Batches run other loops than a single puzzle.
    unobserved.inOrder(
        Collections.nCopies(2 * backend.parallelism(), puzzle), options, new StopSignal(options));
  }

  /**
   * Returns a puzzle for a model without tasks, as {@link #parse(String, String)} does.
   *
   * @throws PluginException where the model's domain is not on the class path
   */
  public Puzzle parse(String question) {
    return parse(question, null);
  }

  /** Returns a puzzle of a task, as {@link #parse(String, String)} does. */
  public Puzzle puzzle(int[] tokens, @Nullable String task) {
    return reader.puzzle(tokens, task);
  }

  /**
   * Returns a puzzle of a task that the model was trained on, such as one of ARC, written as the
   * domain writes puzzles.
   *
   * @param task its name, such as {@code 007bbfb7}, or its number if the model does not know names;
   *     null for a model without tasks
   * @throws InvalidPuzzleException if the domain refuses the question, or the model does not know
   *     the task
   */
  public Puzzle parse(String question, @Nullable String task) {
    return reader.puzzle(reader.tokens(question), task);
  }

  /** Returns puzzles written as the domain writes them. */
  public List<Puzzle> parseAll(List<String> questions) {
    return questions.stream().map(this::parse).toList();
  }

  /**
   * Returns the names of the tasks that the model was trained on, by puzzle identifier; empty if it
   * has none or keeps only their digest.
   */
  public List<String> tasks() {
    return reader.tasks().names();
  }

  /**
   * Checks that a data set is of the kind of puzzle, and of the tasks, that the model was trained
   * on; the result numbers its puzzles as the model does.
   *
   * @throws org.trm4j.dataset.spi.DatasetException that says what differs
   */
  public ModelFit fit(Dataset dataset) {
    return ModelFit.of(description, reader.tasks(), dataset);
  }

  /** Returns the puzzle domain; empty where the model has none or its plug-in is absent. */
  public Optional<PuzzleDomain> domain() {
    return Optional.ofNullable(domain);
  }

  /** Returns the plan that every solve runs. */
  public Plan plan() {
    return loaded.plan();
  }

  /** Returns the model's description. */
  public ModelDescription description() {
    return description;
  }

  /**
   * Returns the default limit on the supervision steps of an attempt: 16, as in the published
   * evaluation, or 40 for a model with a transition, which ends its attempts itself.
   */
  public int usualSteps() {
    return solver.usualSteps();
  }

  /** Returns what the backend runs on. */
  public String device() {
    return backend.device();
  }

  /**
   * Frees the model and everything it holds; a second call does nothing. Solves on other threads,
   * running or waiting, end with a {@link BackendException} that says so.
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
