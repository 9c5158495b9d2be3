package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java block of the documents is code: it stands in a source file that the build compiles, or
 * it compiles here, with the names that its page leaves to the reader.
 */
class DocumentedJavaTest {
  private static final Path ROOT = Path.of("..");

  /** What a page leaves to its reader. */
  private static final String CONTEXT =
      """
      abstract class Context {
        ClassLoader loader;
        java.util.Map<String, String> settings;
        java.nio.file.Path file;
        String question;
        static class MyPuzzles { MyPuzzles(Object settings) {} }
      }
      abstract class MyBackendProvider {
        static org.trm4j.backend.spi.BackendProvider given;
      }
      """;

  /** A stand-in for what cannot be made here, by what the page writes. */
  private static final Map<String, String> STANDS_FOR =
      Map.of("new MyBackendProvider()", "MyBackendProvider.given");

  private static final List<String> PACKAGES =
      List.of(
          "java.io",
          "java.nio.file",
          "java.time",
          "java.util",
          "org.trm4j",
          "org.trm4j.backend.spi",
          "org.trm4j.dataset.spi",
          "org.trm4j.halting.spi",
          "org.trm4j.recursion",
          "org.trm4j.recursion.spi",
          "org.trm4j.task",
          "org.trm4j.tck",
          "org.trm4j.training.config",
          "org.trm4j.training.metrics",
          "org.trm4j.training.run");

  @TempDir private Path folder;

  private record Block(String place, String code) {}

  /** Without white space, comments and the braces at the end, which a page may leave out. */
  private static String squashed(String code) {
    return code.replaceAll("(?m)//.*$", "")
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\\s+", "")
        .replaceAll("}+$", "");
  }

  private static List<Path> files(Path root, String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(
              file -> wanted.matcher(ROOT.relativize(file).toString().replace('\\', '/')).matches())
          .toList();
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    pages.addAll(files(ROOT.resolve("docs"), "docs/[^/]*\\.md"));
    pages.addAll(files(ROOT.resolve("models"), "models/[^/]*/README\\.md"));
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages) {
      String text = Files.readString(page);
      Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(text);
      while (block.find()) {
        long line = text.substring(0, block.start()).lines().count() + 1;
        String place = ROOT.relativize(page) + ":" + line;
        // QuickstartIT runs the lines for JShell, which have no semicolons.
        if (!block.group(1).startsWith("import org.trm4j.*\n")) {
          blocks.add(new Block(place, block.group(1)));
        }
      }
    }
    return blocks;
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(ROOT, "(?!.*(^|/)target/)(.*/)?src/.*\\.java")) {
      if (!file.endsWith("DocumentedJavaTest.java")) {
        all.append(squashed(Files.readString(file))).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void everyBlockIsBuiltOrCompiles() throws IOException {
    String sources = sources();
    List<String> failures = new ArrayList<>();
    int compiled = 0;
    List<Block> blocks = blocks();
    for (Block block : blocks) {
      if (!sources.contains(squashed(block.code()))) {
        failures.addAll(compile(block, "Block" + compiled++));
      }
    }
    assertThat(failures).isEmpty();
    assertThat(blocks).as("Java blocks").hasSizeGreaterThan(20);
    long cards = blocks.stream().filter(block -> block.place().startsWith("models/")).count();
    assertThat(compiled)
        .as("blocks that stand in no source file, one a card and six others")
        .isBetween(1, (int) cards + 6);
  }

  @Test
  void findsABlockThatDoesNotCompile() throws IOException {
    assertThat(compile(new Block("page:1", "TrmModel.pretrained(4);"), "Wrong"))
        .singleElement()
        .asString()
        .startsWith("page:1: ")
        .contains("int");
    assertThat(compile(new Block("page:2", "TrmModel.pretrained(\"sudoku-4\");"), "Right"))
        .isEmpty();
  }

  /** Statements become the body of a method, an expression the value of a variable. */
  private static String unit(String code, String name) {
    StringBuilder unit = new StringBuilder();
    PACKAGES.forEach(p -> unit.append("import ").append(p).append(".*;\n"));
    unit.append("import org.trm4j.task.Objective.Term.Target;\n")
        .append("import static org.trm4j.task.Objective.Term.LossKind.*;\n");
    for (Map.Entry<String, String> entry : STANDS_FOR.entrySet()) {
      code = code.replace(entry.getKey(), entry.getValue());
    }
    if (Pattern.compile("(?m)^(public )?(final )?(class|record|interface) ").matcher(code).find()) {
      return unit.append(code.replaceAll("(?m)^public ", "")).toString();
    }
    String body =
        code.stripTrailing().endsWith(";") || code.stripTrailing().endsWith("}")
            ? code
            : "var value = " + code + ";";
    return unit.append("abstract class ")
        .append(name)
        .append(" extends Context {\n void run() throws Exception {\n")
        .append(body)
        .append("\n}\n}\n")
        .toString();
  }

  private List<String> compile(Block block, String name) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, null, null)) {
      compiler
          .getTask(
              null,
              manager,
              found,
              List.of("-proc:none", "-d", folder.toString()),
              null,
              List.of(source("Context", CONTEXT), source(name, unit(block.code(), name))))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic ->
            block.place()
                + ": "
                + diagnostic.getMessage(java.util.Locale.ROOT).replaceAll("\\s+", " "))
        .toList();
  }

  private static JavaFileObject source(String name, String code) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }
}
