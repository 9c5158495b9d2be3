package org.trm4j.plugin;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** Collects the plug-ins of one kind, and refuses what cannot be used. */
final class PluginKind<T> {
  private final String kind;
  private final Function<T, String> id;
  private final ToIntFunction<T> version;
  private final int expectedVersion;
  private final Map<String, T> usable = new LinkedHashMap<>();

  /** A line for each plug-in that cannot be used. */
  final Set<String> unusable = new LinkedHashSet<>();

  PluginKind(String kind, Function<T, String> id, ToIntFunction<T> version, int expectedVersion) {
    this.kind = kind;
    this.id = id;
    this.version = version;
    this.expectedVersion = expectedVersion;
  }

  /**
   * Adds a plug-in.
   *
   * @param name of its class
   */
  void add(String name, Supplier<T> maker) {
    try {
      T plugin = maker.get();
      int found = version.applyAsInt(plugin);
      if (found != expectedVersion) {
        unusable.add(
            "%s (%s): SPI version %s, expected %s; use the plug-in built for this version"
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
      unusable.add(name + ": " + (e.getCause() == null ? e : e.getCause()));
    }
  }

  PluginSet<T> found() {
    return new PluginSet<>(kind, usable, List.copyOf(unusable));
  }

  private static String origin(Object plugin) {
    var source = plugin.getClass().getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the run-time image"
        : source.getLocation().toString();
  }
}
