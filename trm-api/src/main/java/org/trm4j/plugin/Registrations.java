package org.trm4j.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files register a provider class. Where two versions of a plug-in lie on the class path,
 * ServiceLoader takes the class of the first and says nothing about the other.
 */
final class Registrations {
  private final Map<String, Set<String>> origins = new LinkedHashMap<>();

  private Registrations() {}

  /**
   * Reads the registrations that a class loader adds to its parent's. A copy that the parent has as
   * well is no second version: one of the two classes is loaded, and the loader decides which.
   */
  static Registrations of(Class<?> service, ClassLoader loader) {
    Registrations found = new Registrations();
    String file = "META-INF/services/" + service.getName();
    try {
      Map<String, URL> own = files(file, loader);
      if (loader.getParent() != null) {
        own.keySet().removeAll(files(file, loader.getParent()).keySet());
      }
      for (Map.Entry<String, URL> entry : own.entrySet()) {
        String text = entry.getKey();
        found.read(entry.getValue(), text.substring(0, text.length() - file.length()));
      }
    } catch (IOException e) {
      throw new PluginException("%s: cannot be read: %s".formatted(file, e));
    }
    return found;
  }

  /** Returns the files of that name that a loader sees, by their location. */
  private static Map<String, URL> files(String file, ClassLoader loader) throws IOException {
    Map<String, URL> found = new LinkedHashMap<>();
    for (URL url : Collections.list(loader.getResources(file))) {
      found.put(url.toString(), url);
    }
    return found;
  }

  private void read(URL url, String origin) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(line -> origins.computeIfAbsent(line, key -> new TreeSet<>()).add(origin));
    }
  }

  /** Throws {@link PluginException} where a provider class is registered by two jars or folders. */
  void checkOnce(String kind) {
    origins.forEach((provider, places) -> {
      if (places.size() > 1) {
        throw new PluginException(
            "%s %s: found twice, in %s; leave one of them out"
                .formatted(kind, provider, String.join(" and in ", places)));
      }
    });
  }
}
