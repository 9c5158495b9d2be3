package org.trm4j.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.spi.TransitionProvider;

/**
 * Plug-ins by kind: those that were given as objects, then those that class loaders find. Plug-ins
 * that cannot be used (broken registration, wrong SPI version) are kept apart with the reason; two
 * of one kind with the same id are an error. A given object takes the place of a found one of its
 * class. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class PluginRegistry {
  private static final PluginRegistry STANDARD = builder().build();
  private static final int MAX_BROKEN = 100;
  private static final List<Class<?>> KINDS =
      List.of(
          BackendProvider.class,
          RecursionPolicyProvider.class,
          HaltingPolicyProvider.class,
          DatasetProvider.class,
          DatasetReader.class,
          PretrainedModelProvider.class,
          TransitionProvider.class,
          OptimizerProvider.class);

  private final List<Object> given;
  private final List<ClassLoader> loaders;
  private final boolean discovers;
  private final @Nullable Map<Class<?>, PluginSet<?>> kept;

  private PluginRegistry(Builder builder) {
    this.given = List.copyOf(builder.given);
    this.loaders = List.copyOf(builder.loaders);
    this.discovers = builder.discovers;
    this.kept = builder.once ? new ConcurrentHashMap<>() : null;
  }

  /**
   * Returns the plug-ins on the class path or module path: those that the class loader of this
   * library finds, then those that the current thread's does.
   */
  public static PluginRegistry standard() {
    return STANDARD;
  }

  /** Returns a builder; what it builds without more is {@link #standard}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Makes a registry. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static final class Builder {
    private final List<Object> given = new ArrayList<>();
    private final List<ClassLoader> loaders = new ArrayList<>();
    private boolean discovers = true;
    private boolean once;

    private Builder() {}

    /**
     * Looks for plug-ins with this class loader, and no longer with those of {@link #standard}.
     * Several are asked in the order in which they were given.
     */
    public Builder classLoader(ClassLoader loader) {
      loaders.add(loader);
      return this;
    }

    /**
     * Adds a plug-in.
     *
     * @param plugin implements one of the {@code Provider} interfaces, or {@link DatasetReader}
     */
    public Builder plugin(Object plugin) {
      if (KINDS.stream().noneMatch(kind -> kind.isInstance(plugin))) {
        throw new PluginException(
            "plug-in %s: expected an implementation of one of %s"
                .formatted(
                    plugin.getClass().getName(),
                    KINDS.stream().map(Class::getSimpleName).toList()));
      }
      given.add(plugin);
      return this;
    }

    /** Uses only the given plug-ins, and looks for no others. */
    public Builder withoutDiscovery() {
      discovers = false;
      return this;
    }

    /**
     * Searches for each kind of plug-in once, when it is first asked for, and keeps what it found:
     * for a host that asks often, such as for each request.
     */
    public Builder searchOnce() {
      once = true;
      return this;
    }

    /** Returns the registry. */
    public PluginRegistry build() {
      if (!discovers && !loaders.isEmpty()) {
        throw new PluginException("plug-ins: a class loader was given, and not to look for any");
      }
      return new PluginRegistry(this);
    }
  }

  /** Returns the backends. */
  public PluginSet<BackendProvider> backends() {
    return load(
        "backend",
        BackendProvider.class,
        BackendProvider::id,
        BackendProvider::spiVersion,
        BackendProvider.SPI_VERSION);
  }

  /** Returns the recursion policies. */
  public PluginSet<RecursionPolicyProvider> recursionPolicies() {
    return load(
        "recursion policy",
        RecursionPolicyProvider.class,
        RecursionPolicyProvider::id,
        RecursionPolicyProvider::spiVersion,
        RecursionPolicyProvider.SPI_VERSION);
  }

  /** Returns the halting policies. */
  public PluginSet<HaltingPolicyProvider> haltingPolicies() {
    return load(
        "halting policy",
        HaltingPolicyProvider.class,
        HaltingPolicyProvider::id,
        HaltingPolicyProvider::spiVersion,
        HaltingPolicyProvider.SPI_VERSION);
  }

  /** Returns the data sets. */
  public PluginSet<DatasetProvider> datasets() {
    return load(
        "data set",
        DatasetProvider.class,
        DatasetProvider::id,
        DatasetProvider::spiVersion,
        DatasetProvider.SPI_VERSION);
  }

  /** Returns the readers of data sets' files, by the id of the data set. */
  public PluginSet<DatasetReader> datasetReaders() {
    return load(
        "reader of the files of data set",
        DatasetReader.class,
        DatasetReader::id,
        DatasetReader::spiVersion,
        DatasetReader.SPI_VERSION);
  }

  /** Returns the models in the box, by name. */
  public PluginSet<PretrainedModelProvider> pretrainedModels() {
    return load(
        "pretrained model",
        PretrainedModelProvider.class,
        PretrainedModelProvider::name,
        PretrainedModelProvider::spiVersion,
        PretrainedModelProvider.SPI_VERSION);
  }

  /** Returns the optimizers. */
  public PluginSet<OptimizerProvider> optimizers() {
    return load(
        "optimizer",
        OptimizerProvider.class,
        OptimizerProvider::id,
        OptimizerProvider::spiVersion,
        OptimizerProvider.SPI_VERSION);
  }

  /** Returns the transitions of tasks. */
  public PluginSet<TransitionProvider> transitions() {
    return load(
        "transition",
        TransitionProvider.class,
        TransitionProvider::id,
        TransitionProvider::spiVersion,
        TransitionProvider.SPI_VERSION);
  }

  @SuppressWarnings("unchecked") // a set is kept by the class of its plug-ins
  private <T> PluginSet<T> load(
      String kind,
      Class<T> service,
      Function<T, String> id,
      ToIntFunction<T> version,
      int expectedVersion) {
    return kept == null
        ? search(kind, service, id, version, expectedVersion)
        : (PluginSet<T>)
            kept.computeIfAbsent(
                service, key -> search(kind, service, id, version, expectedVersion));
  }

  private <T> PluginSet<T> search(
      String kind,
      Class<T> service,
      Function<T, String> id,
      ToIntFunction<T> version,
      int expectedVersion) {
    PluginKind<T> plugins = new PluginKind<>(kind, id, version, expectedVersion);
    Set<String> classes = new HashSet<>();
    for (Object plugin : given) {
      if (service.isInstance(plugin)) {
        classes.add(plugin.getClass().getName());
        plugins.add(plugin.getClass().getName(), () -> service.cast(plugin));
      }
    }
    if (discovers) {
      for (ServiceLoader.Provider<T> candidate : candidates(kind, service, plugins.unusable)) {
        String name = candidate.type().getName();
        if (!classes.contains(name)) {
          plugins.add(name, candidate);
        }
      }
    }
    return plugins.found();
  }

  /** Returns what is registered; a line for each registration that names no usable class. */
  private <T> Iterable<ServiceLoader.Provider<T>> candidates(
      String kind, Class<T> service, Set<String> unusable) {
    Map<String, ServiceLoader.Provider<T>> found = new LinkedHashMap<>();
    for (ClassLoader loader : loaders(service)) {
      Registrations.of(service, loader).checkOnce(kind);
      // A later loader brings what the earlier one does not see.
      for (ServiceLoader.Provider<T> provider : candidates(service, loader, unusable)) {
        found.putIfAbsent(provider.type().getName(), provider);
      }
    }
    return found.values();
  }

  private static <T> List<ServiceLoader.Provider<T>> candidates(
      Class<T> service, ClassLoader loader, Set<String> unusable) {
    List<ServiceLoader.Provider<T>> found = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<T>> providers =
        ServiceLoader.load(service, loader).stream().spliterator();
    boolean more = true;
    int broken = 0;
    while (more) {
      try {
        more = providers.tryAdvance(found::add);
      } catch (ServiceConfigurationError e) {
        unusable.add(String.valueOf(e.getMessage()));
        // After the error of a whole file the loader may repeat itself.
        more = ++broken < MAX_BROKEN;
      }
    }
    return found;
  }

  private List<ClassLoader> loaders(Class<?> service) {
    return loaders.isEmpty() ? PluginLoaders.of(service) : PluginLoaders.of(service, loaders);
  }

  /**
   * The plug-ins of one kind.
   *
   * @param kind for messages, such as {@code backend}
   * @param usable by id
   * @param unusable one line each: what it is and why it cannot be used
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  public record PluginSet<T>(String kind, Map<String, T> usable, List<String> unusable) {
    /** Copies both. */
    public PluginSet {
      usable = Collections.unmodifiableMap(new LinkedHashMap<>(usable));
      unusable = List.copyOf(unusable);
    }

    /** Returns the plug-in with that id; throws {@link PluginException} that says what there is. */
    public T get(String id) {
      T plugin = usable.get(id);
      if (plugin == null) {
        throw new PluginException(
            "unknown %s %s; found: %s%s"
                .formatted(
                    kind,
                    id,
                    usable.isEmpty() ? "none" : String.join(", ", usable.keySet()),
                    unusable.isEmpty() ? "" : "; not usable: " + String.join("; ", unusable)));
      }
      return plugin;
    }
  }
}
