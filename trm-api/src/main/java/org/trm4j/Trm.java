package org.trm4j;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.plugin.Backends;
import org.trm4j.plugin.Datasets;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.pretrained.PretrainedModels;

/**
 * The library with a choice of plug-ins: those of a class loader of the host's, or objects that the
 * host made. Who wants what is on the class path calls {@link TrmModel#open(Path)} instead.
 *
 * <pre>{@code
 * Trm trm = Trm.builder().classLoader(plugins).plugin(new MyPuzzles(settings)).build();
 * try (TrmModel model = trm.open(file)) { ... }
 * }</pre>
 *
 * <p>It holds nothing that must be closed, and does not change. Thread-safe.
 *
 * @param plugins where plug-ins are taken from
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Trm(PluginRegistry plugins) {

  /** Returns the library with the plug-ins of the class path or module path. */
  public static Trm standard() {
    return new Trm(PluginRegistry.standard());
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
     * Looks for plug-ins with this class loader, and no longer with the library's and the thread's.
     * Several are asked in the order in which they were given.
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

    /** Uses the given plug-ins alone, and looks for no others. */
    public Builder withoutDiscovery() {
      plugins.withoutDiscovery();
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
          "class loader: this Trm has chosen its plug-ins already; give the class loader to Trm.builder()");
    }
    return opened(model, options);
  }

  TrmModel opened(SavedModel model, OpenOptions options) {
    return TrmModel.opened(
        model, plugins, Backends.open(plugins, options.backend(), options.threads()), options);
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
    return open(PretrainedModels.get(plugins, name).read(), options);
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
   * Opens a file or folder as a data set.
   *
   * @param id of the data set
   */
  public Dataset read(String id, Path path, Map<String, String> options) {
    return Datasets.read(plugins, id, path, options);
  }

  /**
   * Generates a data set.
   *
   * @param id of the data set
   */
  public Dataset generate(String id, Map<String, String> options) {
    return Datasets.generate(plugins, id, options);
  }

  /** Returns the halting policy with that id and its default argument. */
  public HaltingPolicy halting(String id) {
    return halting(id, plugins.haltingPolicies().get(id).defaultArgument());
  }

  /** Returns the halting policy with that id. */
  public HaltingPolicy halting(String id, String argument) {
    return plugins.haltingPolicies().get(id).policy(argument);
  }
}
