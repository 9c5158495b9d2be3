package org.trm4j.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * The plug-ins on the class path or module path, by kind. Plug-ins that cannot be used (broken
 * registration, wrong SPI version) are kept apart with the reason; two of one kind with the same id
 * are an error.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class Plugins {
  private Plugins() {}

  /** Returns the backends. */
  public static PluginSet<BackendProvider> backends() {
    return load(
        "backend",
        ServiceLoader.load(BackendProvider.class),
        BackendProvider::id,
        BackendProvider::spiVersion,
        BackendProvider.SPI_VERSION);
  }

  /** Returns the recursion policies. */
  public static PluginSet<RecursionPolicyProvider> recursionPolicies() {
    return load(
        "recursion policy",
        ServiceLoader.load(RecursionPolicyProvider.class),
        RecursionPolicyProvider::id,
        RecursionPolicyProvider::spiVersion,
        RecursionPolicyProvider.SPI_VERSION);
  }

  /** Returns the halting policies. */
  public static PluginSet<HaltingPolicyProvider> haltingPolicies() {
    return load(
        "halting policy",
        ServiceLoader.load(HaltingPolicyProvider.class),
        HaltingPolicyProvider::id,
        HaltingPolicyProvider::spiVersion,
        HaltingPolicyProvider.SPI_VERSION);
  }

  /** Returns the data sets. */
  public static PluginSet<DatasetProvider> datasets() {
    return load(
        "data set",
        ServiceLoader.load(DatasetProvider.class),
        DatasetProvider::id,
        DatasetProvider::spiVersion,
        DatasetProvider.SPI_VERSION);
  }

  private static <T> PluginSet<T> load(
      String kind,
      ServiceLoader<T> loader,
      Function<T, String> id,
      ToIntFunction<T> version,
      int expectedVersion) {
    Map<String, T> usable = new LinkedHashMap<>();
    List<String> unusable = new ArrayList<>();
    loader.stream()
        .forEach(candidate -> {
          String name = candidate.type().getName();
          try {
            T plugin = candidate.get();
            int found = version.applyAsInt(plugin);
            if (found != expectedVersion) {
              unusable.add(
                  "%s (%s): SPI version %d, expected %d; use the plug-in built for this version"
                      .formatted(id.apply(plugin), name, found, expectedVersion));
              return;
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
            unusable.add(name + ": " + e);
          }
        });
    return new PluginSet<>(kind, usable, unusable);
  }

  private static String origin(Object plugin) {
    var source = plugin.getClass().getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the run-time image"
        : source.getLocation().toString();
  }
}
