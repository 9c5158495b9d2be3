package org.trm4j.plugin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders in which plug-ins are looked for: the one that loaded the service interface,
 * then the current thread's. Threads of the common pool have the application's own loader only by
 * accident, so the thread's alone would find nothing there.
 */
final class PluginLoaders {
  private PluginLoaders() {}

  static List<ClassLoader> of(Class<?> service) {
    Set<ClassLoader> found = new LinkedHashSet<>();
    add(found, service, service.getClassLoader());
    add(found, service, Thread.currentThread().getContextClassLoader());
    return List.copyOf(found);
  }

  /** Returns loaders that were asked for; throws if one has another copy of the library. */
  static List<ClassLoader> of(Class<?> service, List<ClassLoader> given) {
    for (ClassLoader loader : given) {
      if (!sees(loader, service)) {
        throw new PluginException(
            "class loader %s: does not see %s of this library; give it the library's loader as parent"
                .formatted(loader, service.getName()));
      }
    }
    return given;
  }

  private static void add(
      Set<ClassLoader> found, Class<?> service, @Nullable ClassLoader candidate) {
    if (candidate != null && sees(candidate, service)) {
      found.add(candidate);
    }
  }

  /** Whether classes of the loader can implement this interface, not another copy of it. */
  private static boolean sees(ClassLoader loader, Class<?> service) {
    try {
      return Class.forName(service.getName(), false, loader) == service;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
