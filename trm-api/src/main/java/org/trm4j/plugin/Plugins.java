package org.trm4j.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.spi.TransitionProvider;

/**
 * The plug-ins on the class path or module path, by kind. They are looked for with the class loader
 * of this library, then with the current thread's. Plug-ins that cannot be used (broken
 * registration, wrong SPI version) are kept apart with the reason; two of one kind with the same id
 * are an error.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Plugins {
  private static final int MAX_BROKEN = 100;

  private Plugins() {}

  /** Returns the backends. */
  public static PluginSet<BackendProvider> backends() {
    return load(
        "backend",
        BackendProvider.class,
        BackendProvider::id,
        BackendProvider::spiVersion,
        BackendProvider.SPI_VERSION);
  }

  /** Returns the recursion policies. */
  public static PluginSet<RecursionPolicyProvider> recursionPolicies() {
    return load(
        "recursion policy",
        RecursionPolicyProvider.class,
        RecursionPolicyProvider::id,
        RecursionPolicyProvider::spiVersion,
        RecursionPolicyProvider.SPI_VERSION);
  }

  /** Returns the halting policies. */
  public static PluginSet<HaltingPolicyProvider> haltingPolicies() {
    return load(
        "halting policy",
        HaltingPolicyProvider.class,
        HaltingPolicyProvider::id,
        HaltingPolicyProvider::spiVersion,
        HaltingPolicyProvider.SPI_VERSION);
  }

  /** Returns the data sets. */
  public static PluginSet<DatasetProvider> datasets() {
    return load(
        "data set",
        DatasetProvider.class,
        DatasetProvider::id,
        DatasetProvider::spiVersion,
        DatasetProvider.SPI_VERSION);
  }

  /** Returns the readers of data sets' files, by the id of the data set. */
  public static PluginSet<DatasetReader> datasetReaders() {
    return load(
        "reader of the files of data set",
        DatasetReader.class,
        DatasetReader::id,
        DatasetReader::spiVersion,
        DatasetReader.SPI_VERSION);
  }

  /** Returns the models in the box, by name. */
  public static PluginSet<PretrainedModelProvider> pretrainedModels() {
    return load(
        "pretrained model",
        PretrainedModelProvider.class,
        PretrainedModelProvider::name,
        PretrainedModelProvider::spiVersion,
        PretrainedModelProvider.SPI_VERSION);
  }

  /** Returns the transitions of tasks. */
  public static PluginSet<TransitionProvider> transitions() {
    return load(
        "transition",
        TransitionProvider.class,
        TransitionProvider::id,
        TransitionProvider::spiVersion,
        TransitionProvider.SPI_VERSION);
  }

  private static <T> PluginSet<T> load(
      String kind,
      Class<T> service,
      Function<T, String> id,
      ToIntFunction<T> version,
      int expectedVersion) {
    Map<String, T> usable = new LinkedHashMap<>();
    Set<String> unusable = new LinkedHashSet<>();
    for (ServiceLoader.Provider<T> candidate : candidates(kind, service, unusable)) {
      String name = candidate.type().getName();
      try {
        T plugin = candidate.get();
        int found = version.applyAsInt(plugin);
        if (found != expectedVersion) {
          unusable.add(
              "%s (%s): SPI version %d, expected %d; use the plug-in built for this version"
                  .formatted(id.apply(plugin), name, found, expectedVersion));
          continue;
        }
        T other = usable.putIfAbsent(id.apply(plugin), plugin);
        if (other != null) {
          throw new PluginException(
              "%s %s: found twice, as %s from %s and as %s from %s; leave one of them out"
                  .formatted(
                      kind,
                      id.apply(plugin),
                      other.getClass().getName(),
                      origin(other),
                      name,
                      origin(plugin)));
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        unusable.add(name + ": " + (e.getCause() == null ? e : e.getCause()));
      }
    }
    return new PluginSet<>(kind, usable, List.copyOf(unusable));
  }

  /** Returns what is registered; a line for each registration that names no usable class. */
  private static <T> Iterable<ServiceLoader.Provider<T>> candidates(
      String kind, Class<T> service, Set<String> unusable) {
    Map<String, ServiceLoader.Provider<T>> found = new LinkedHashMap<>();
    for (ClassLoader loader : PluginLoaders.of(service)) {
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

  private static String origin(Object plugin) {
    var source = plugin.getClass().getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the run-time image"
        : source.getLocation().toString();
  }
}
