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

  /** Reads the registrations that the current thread's class loader sees. */
  static Registrations of(Class<?> service) {
    Registrations found = new Registrations();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    String file = "META-INF/services/" + service.getName();
    try {
      for (URL url : Collections.list(loader.getResources(file))) {
        String text = url.toString();
        found.read(url, text.substring(0, text.length() - file.length()));
      }
    } catch (IOException e) {
      throw new PluginException("%s: cannot be read: %s".formatted(file, e));
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
