package org.trm4j.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Jars of plug-ins beside those of the class path. They are found through the context class loader
 * of the thread that runs the command.
 */
final class PluginPath {
  /** The environment variable that names jars and folders of jars for every command. */
  static final String VARIABLE = "TRM_PLUGINS";

  private PluginPath() {}

  /** Runs a command with plug-ins from there, and from nowhere else where the text is empty. */
  static int with(String paths, IntSupplier command) {
    if (paths.isBlank()) {
      return command.getAsInt();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(
            "plug-ins", urls(paths).toArray(URL[]::new), PluginPath.class.getClassLoader())) {
      thread.setContextClassLoader(loader);
      return command.getAsInt();
    } catch (IOException e) {
      throw new IllegalStateException("the plug-ins' class loader does not close", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Reads jars, folders of jars and folders of classes, separated as class paths are. */
  private static List<URL> urls(String paths) {
    List<URL> urls = new ArrayList<>();
    for (String text : paths.split(File.pathSeparator)) {
      if (text.isBlank()) {
        continue;
      }
      Path path = Path.of(text);
      if (!Files.exists(path)) {
        throw new IllegalArgumentException(
            "--plugins: %s does not exist; expected a jar or a folder of jars".formatted(path));
      }
      List<Path> jars = Files.isDirectory(path) ? inFolder(path) : List.of(path);
      jars.forEach(jar -> urls.add(url(jar)));
    }
    return urls;
  }

  private static List<Path> inFolder(Path folder) {
    if (Files.isDirectory(folder.resolve("META-INF/services"))) {
      return List.of(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new IllegalArgumentException(
            "--plugins: the folder %s has no jar and no META-INF/services".formatted(folder));
      }
      return jars;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--plugins: %s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("--plugins: %s is no path".formatted(path), e);
    }
  }
}
