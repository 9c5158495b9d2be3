package org.trm4j.it.hosts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jars of {@code src/it/strangers}, built by the build before these tests. */
final class Strangers {
  static final String VECTOR_FLAG = "--add-modules=jdk.incubator.vector";
  static final Path ROOT = Path.of(System.getProperty("trm.strangers", "target/it/strangers"));

  private Strangers() {}

  /** Returns a project's own jar. */
  static Path jar(String project) {
    return ROOT.resolve(project).resolve("target").resolve(project + "-1.jar");
  }

  /** Returns a project's own jar and what it needs at run time. */
  static List<Path> with(String project) {
    List<Path> jars = new ArrayList<>(List.of(jar(project)));
    try (Stream<Path> files = Files.list(ROOT.resolve(project).resolve("target/lib"))) {
      files.sorted().forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars;
  }

  /** Returns what a project needs, without the artifacts whose names start so. */
  static List<Path> without(List<Path> jars, String name) {
    return jars.stream().filter(jar -> !jar.getFileName().toString().startsWith(name)).toList();
  }

  /** Returns one list of all, each once. */
  @SafeVarargs
  static List<Path> join(List<Path>... lists) {
    return Stream.of(lists)
        .flatMap(List::stream)
        .collect(java.util.stream.Collectors.toMap(Path::getFileName, p -> p, (a, b) -> a))
        .values()
        .stream()
        .sorted()
        .toList();
  }

  static String path(List<Path> jars) {
    return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
  }
}
