package org.trm4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the project's documents show, found in blocks of code and in lines of text. */
final class DocumentedCommands {
  private static final Pattern INLINE = Pattern.compile("`((?:\\./trm|trm|\\./mvnw) [^`]+)`");
  private static final Pattern COMMAND = Pattern.compile("(?:\\./trm|trm|\\./mvnw)(?: .*)?");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
  private static final Pattern COMMENT = Pattern.compile("\\s+#\\s.*$");

  private DocumentedCommands() {}

  /**
   * A command.
   *
   * @param place file and line, for messages
   * @param words the words as a shell reads them, the program first
   * @param block whether it stands in a block of code, to be typed as it is
   * @param needs what its comment says that it needs; empty for nothing
   */
  record Command(String place, List<String> words, boolean block, String needs) {
    boolean isTrm() {
      return words.getFirst().endsWith("trm");
    }
  }

  /** Returns the documents of a checkout. */
  static List<Path> documents(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md")) {
      files.add(root.resolve(name));
    }
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    try (Stream<Path> models = Files.list(root.resolve("models"))) {
      models
          .map(module -> module.resolve("README.md"))
          .filter(Files::exists)
          .sorted()
          .forEach(files::add);
    }
    return files;
  }

  /** Returns the commands of a text in their order. */
  static List<Command> in(String name, String text) {
    List<Command> found = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    boolean fenced = false;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.startsWith("```")) {
        fenced = !fenced;
        continue;
      }
      String place = name + ":" + (i + 1);
      if (fenced || line.startsWith("    ")) {
        StringBuilder whole = new StringBuilder(line.strip());
        while (whole.toString().endsWith("\\") && i + 1 < lines.length) {
          whole.setLength(whole.length() - 1);
          whole.append(lines[++i].strip());
        }
        if (COMMAND.matcher(whole).matches()) {
          found.add(command(place, whole.toString(), true));
        }
      } else {
        Matcher inline = INLINE.matcher(line);
        while (inline.find()) {
          found.add(command(place, inline.group(1), false));
        }
      }
    }
    return found;
  }

  private static Command command(String place, String text, boolean block) {
    Matcher comment = COMMENT.matcher(text);
    String needs = "";
    String line = text;
    if (comment.find()) {
      String said = comment.group().strip().substring(1).strip();
      needs = said.startsWith("needs ") ? said : "";
      line = text.substring(0, comment.start());
    }
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group().replaceAll("['\"]", ""));
    }
    if (needs.isEmpty() && line.contains("$")) {
      needs = "needs a variable of the shell";
    }
    return new Command(place, words, block, needs);
  }
}
