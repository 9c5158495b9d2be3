package org.trm4j;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.pretrained.PretrainedModel;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.runtime.Backends;
import org.trm4j.runtime.Datasets;
import org.trm4j.runtime.RecursionPrograms;
import org.trm4j.task.TaskProgram;

/**
 * The library with a choice of plug-ins: those of the host's class loader, or objects that the host
 * creates. For the plug-ins of the class path, {@link TrmModel#open(Path)} is enough.
 *
 * <pre>{@code
 * Trm trm = Trm.builder().classLoader(plugins).plugin(new MyPuzzles(settings)).build();
 * try (TrmModel model = trm.open(file)) { ... }
 * }</pre>
 *
 * <p>Immutable and thread-safe; there is nothing to close.
 */
@API(status = API.Status.MAINTAINED, since = "0.2.0")
public final class Trm {
  private static final Trm STANDARD = new Trm(PluginRegistry.standard());

  private final PluginRegistry plugins;

  private Trm(PluginRegistry plugins) {
    this.plugins = plugins;
  }

  /** Returns the library with the plug-ins of the class path or module path. */
  public static Trm standard() {
    return STANDARD;
  }

  /** Returns the plug-ins, by kind. */
  public PluginRegistry plugins() {
    return plugins;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Chooses plug-ins. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static final class Builder {
    private final PluginRegistry.Builder plugins = PluginRegistry.builder();

    private Builder() {}

    /**
     * Looks for plug-ins with this class loader instead of the library's and the thread's. Several
     * class loaders are asked in the given order.
     */
    public Builder classLoader(ClassLoader loader) {
      plugins.classLoader(loader);
      return this;
    }

    /**
     * Adds a plug-in, which takes the place of a found one of its class.
     *
     * @param plugin implements one of the {@code Provider} interfaces
     */
    public Builder plugin(Object plugin) {
      plugins.plugin(plugin);
      return this;
    }

    /** Uses only the given plug-ins, and looks for no others. */
    public Builder withoutDiscovery() {
      plugins.withoutDiscovery();
      return this;
    }

    /**
     * Searches for each kind of plug-in once, at its first use, and keeps the result, for a host
     * that reads puzzles or halting policies with each request.
     */
    public Builder searchOnce() {
      plugins.searchOnce();
      return this;
    }

    /** Returns the library with these plug-ins. */
    public Trm build() {
      return new Trm(plugins.build());
    }
  }

  /** Opens a model file or a run folder on the best available backend. */
  public TrmModel open(Path file) {
    return open(file, OpenOptions.DEFAULT);
  }

  /** Opens a model file or a run folder. */
  public TrmModel open(Path file, OpenOptions options) {
    return open(ModelFiles.read(file), options);
  }

  /** Opens a model on the best available backend. */
  public TrmModel open(SavedModel model) {
    return open(model, OpenOptions.DEFAULT);
  }

  /**
   * Opens a model.
   *
   * @param options without a class loader: plug-ins are those of this object
   */
  public TrmModel open(SavedModel model, OpenOptions options) {
    if (options.classLoader().isPresent()) {
      throw new IllegalArgumentException(
          "class loader: this Trm has chosen its plug-ins already; give the class loader to"
              + " Trm.builder()");
    }
    return opened(model, options);
  }

  TrmModel opened(SavedModel model, OpenOptions options) {
    return TrmModel.opened(model, plugins, backend(options), options);
  }

  /** Opens a model on the backend with that id. */
  public TrmModel open(SavedModel model, String backend, BackendOptions options) {
    return TrmModel.opened(model, plugins, backend(backend, options), OpenOptions.DEFAULT);
  }

  /** Opens a model on a backend that the caller keeps and closes. */
  public TrmModel open(SavedModel model, Backend backend) {
    return TrmModel.shared(model, plugins, backend);
  }

  /**
   * Opens a model in the box on the best available backend.
   *
   * @throws PluginException where there is no such model; the message lists those there are
   */
  public TrmModel pretrained(String name) {
    return pretrained(name, OpenOptions.DEFAULT);
  }

  /**
   * Opens a model in the box.
   *
   * @throws PluginException where there is no such model; the message lists those there are
   */
  public TrmModel pretrained(String name, OpenOptions options) {
    return open(model(name).read(), options);
  }

  /**
   * Opens a backend; the caller closes it.
   *
   * @throws PluginException where there is none with that id, or it cannot be used here
   */
  public Backend backend(String id, BackendOptions options) {
    return Backends.open(plugins, id, options);
  }

  /**
   * Opens a backend; the caller closes it.
   *
   * @param id of the backend, or {@link OpenOptions#AUTO}
   * @param threads worker threads; 0 for all processors
   * @throws PluginException where there is none of that id, or it cannot be used here
   */
  public Backend backend(String id, int threads) {
    return backend(OpenOptions.DEFAULT.withBackend(id).withThreads(threads));
  }

  /**
   * Opens the backend that options choose; the caller closes it.
   *
   * @param options of which backend, device, precision and threads count
   * @throws PluginException where there is no such backend, or it cannot be used here
   */
  @API(status = API.Status.MAINTAINED, since = "0.2.0")
  public Backend backend(OpenOptions options) {
    BackendOptions chosen =
        BackendOptions.DEFAULT.withThreads(options.threads()).withDevice(options.device());
    return Backends.open(plugins, options.backend(), options.precision().orElse(null), chosen);
  }

  /** Opens or generates a data set. */
  public Dataset dataset(DatasetLocation location) {
    return Datasets.open(plugins, location);
  }

  /**
   * Opens a file or folder as a data set.
   *
   * @param id of the data set
   */
  public Dataset read(String id, Path path, Map<String, String> options) {
    return dataset(DatasetLocation.of(id, path, options));
  }

  /**
   * Generates a data set.
   *
   * @param id of the data set
   */
  public Dataset generate(String id, Map<String, String> options) {
    return dataset(DatasetLocation.generated(id, options));
  }

  /**
   * Returns the questions of a text file by line, as the codec of a data set's domain reads them;
   * empty where nothing reads its texts.
   *
   * @param id of the data set
   */
  public SortedMap<Long, String> questions(
      String id, Path file, Map<String, String> domainOptions) {
    return Datasets.questions(plugins, id, file, domainOptions);
  }

  /**
   * Returns a puzzle as a person types or pastes it in the form that the codec reads: with borders,
   * separators, as a list of lists, or as an address, it is read as a file of it would be. Text
   * that is not one puzzle in such a file either is returned as it is, so that the codec says what
   * it expects.
   */
  public String question(PuzzleDomain domain, String pasted) {
    return Datasets.question(plugins, domain, pasted);
  }

  /**
   * Returns the tokens [S] of an answer as a person types or pastes it, as {@link #question} takes
   * puzzles. Unlike a question, it may break the puzzle's rules and have open cells.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public int[] answer(PuzzleDomain domain, String pasted) {
    return Datasets.answer(plugins, domain, pasted);
  }

  /** Returns the options that reading the files of a data set takes; empty where nothing does. */
  public List<DatasetProvider.Option> readingOptions(String id) {
    return Datasets.readingOptions(plugins, id);
  }

  /** Returns the models in the box, by name. */
  public List<PretrainedModel> models() {
    return PretrainedModel.all(plugins);
  }

  /**
   * Returns a model in the box.
   *
   * @throws PluginException where there is no such model; the message lists those there are
   */
  public PretrainedModel model(String name) {
    return PretrainedModel.named(plugins, name);
  }

  /**
   * Returns the recursion of a policy.
   *
   * @param id of the policy
   * @param arguments some of the policy's arguments; the others have their default. An unknown one,
   *     a count below 1 or above 1,000 and a number that is not finite are refused, and so is a
   *     program of more than 10,000 layers a supervision step
   */
  public RecursionProgram program(String id, Map<String, ? extends Number> arguments) {
    return RecursionPrograms.make(plugins, id, arguments);
  }

  /**
   * Returns the whole task of a policy.
   *
   * @param id of the policy
   * @param arguments as for {@link #program}
   * @param config of the model
   */
  public TaskProgram task(String id, Map<String, ? extends Number> arguments, ModelConfig config) {
    return RecursionPrograms.task(plugins, id, arguments, config);
  }

  /** Returns the halting policy with that id and its default argument. */
  public HaltingPolicy halting(String id) {
    HaltingPolicyProvider provider = plugins.haltingPolicies().get(id);
    return provider.policy(provider.defaultArgument());
  }

  /** Returns the halting policy with that id and a number as its argument. */
  public HaltingPolicy halting(String id, double argument) {
    boolean whole = argument == Math.rint(argument) && Math.abs(argument) < 1e15;
    return halting(id, whole ? Long.toString((long) argument) : Double.toString(argument));
  }

  /** Returns the halting policy with that id. */
  public HaltingPolicy halting(String id, String argument) {
    return plugins.haltingPolicies().get(id).policy(argument);
  }
}
