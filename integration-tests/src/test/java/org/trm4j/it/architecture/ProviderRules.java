package org.trm4j.it.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the source tree says of the plug-ins that the library registers. */
final class ProviderRules {
  /** Plug-ins for which there is a contract suite. */
  static final Map<String, String> CONTRACTS =
      Map.of(
          "org.trm4j.backend.spi.BackendProvider", "BackendContract",
          "org.trm4j.recursion.spi.RecursionPolicyProvider", "RecursionPolicyContract",
          "org.trm4j.dataset.spi.DatasetProvider", "DatasetContract",
          "org.trm4j.pretrained.spi.PretrainedModelProvider", "PretrainedModelContract");

  private static final Pattern PROVIDES = Pattern.compile("provides\\s+([\\w.]+)\\s+with([^;]+);");

  private ProviderRules() {}

  /** Returns the modules of the reactor below a folder. */
  static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> folders = Files.walk(root, 2)) {
      return folders
          .filter(folder -> !folder.equals(root) && Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> !folder.getParent().endsWith("target"))
          .sorted()
          .toList();
    }
  }

  /** Returns the providers of a module for the class path, by interface. */
  static Map<String, TreeSet<String>> registered(Path module) throws IOException {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    Path services = module.resolve("src/main/resources/META-INF/services");
    if (Files.isDirectory(services)) {
      try (Stream<Path> files = Files.list(services)) {
        for (Path file : files.toList()) {
          TreeSet<String> names = new TreeSet<>(Files.readAllLines(file));
          names.removeIf(String::isBlank);
          found.put(file.getFileName().toString(), names);
        }
      }
    }
    return found;
  }

  /** Returns the providers of a module descriptor, by interface. */
  static Map<String, TreeSet<String>> provided(String moduleInfo) {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    Matcher provides = PROVIDES.matcher(moduleInfo);
    while (provides.find()) {
      TreeSet<String> names = new TreeSet<>();
      for (String name : provides.group(2).split(",", -1)) {
        names.add(name.strip());
      }
      found.put(provides.group(1), names);
    }
    return found;
  }

  /**
   * Returns the providers of contracted kinds that no contract test makes or asks for.
   *
   * @param ids of providers by class name
   */
  static List<String> untested(
      Map<String, ? extends Set<String>> providers, Map<String, String> ids, List<String> tests) {
    List<String> missing = new ArrayList<>();
    providers.forEach((service, names) -> {
      String contract = CONTRACTS.get(service);
      if (contract != null) {
        for (String name : names) {
          String made = "new " + name.substring(name.lastIndexOf('.') + 1) + "()";
          String asked = ".get(\"" + ids.get(name) + "\")";
          if (tests.stream()
              .filter(test -> test.contains("extends " + contract + " "))
              .noneMatch(test -> test.contains(made) || test.contains(asked))) {
            missing.add(name);
          }
        }
      }
    });
    return missing;
  }

  /** Returns the text of every test below the modules. */
  static List<String> tests(Path root) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path module : modules(root)) {
      Path folder = module.resolve("src/test/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
            texts.add(Files.readString(file));
          }
        }
      }
    }
    return texts;
  }
}
