package org.trm4j.cli.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of a plug-in's project, made from templates in which {@code @name@} is replaced. */
final class Scaffold {
  private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Za-z.-]+)@");

  private final PluginKind kind;
  private final String packageName;
  private final String className;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Makes the files of one project.
   *
   * @param id lower-case words joined by hyphens
   * @param packageName package and module of the plug-in
   */
  Scaffold(PluginKind kind, String id, String packageName) {
    this.kind = kind;
    this.packageName = packageName;
    this.className =
        Arrays.stream(id.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    values.putAll(kind.placeholders());
    versions().forEach((name, version) -> values.put((String) name, (String) version));
    values.put("id", id);
    values.put("package", packageName);
    values.put("Name", className);
  }

  /** Returns the text of each file, by its path in the project. */
  Map<Path, String> files() {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(Path.of("pom.xml"), template("pom.xml"));
    files.put(Path.of("README.md"), template("README.md"));
    files.put(Path.of("src/main/java/module-info.java"), template("module-info.java"));
    files.put(
        Path.of("src/main/resources/META-INF/services").resolve(kind.service()),
        packageName + "." + className + "Provider\n");
    Path folder = Path.of(packageName.replace('.', '/'));
    for (String source : kind.sources()) {
      String root = source.endsWith("Test") ? "src/test/java" : "src/main/java";
      String name = className + (source.equals("Puzzle") ? "" : source) + ".java";
      files.put(
          Path.of(root).resolve(folder).resolve(name),
          template(kind.name().toLowerCase(Locale.ROOT) + "/" + source + ".java"));
    }
    return files;
  }

  private String template(String name) {
    return filled(filled(new String(resource(name + ".txt"), StandardCharsets.UTF_8)));
  }

  private String filled(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> {
          String value = values.get(match.group(1));
          return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = Scaffold.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  private static byte[] resource(String name) {
    try (InputStream in = Scaffold.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the template " + name + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the files into a folder that is new or empty. */
  void write(Path folder) throws IOException {
    for (Map.Entry<Path, String> file : files().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }
}
