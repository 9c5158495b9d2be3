package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every command that the documents show. Those in blocks are run, in their order and at a reduced
 * size, unless their comment says what they need ({@code # needs ...}); those in the middle of text
 * and those of docs/RESULTS.md, which take minutes to hours, are checked for their form.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final String LONG = "RESULTS.md";

  /** Exit code 1: an answer that is not what it should be, as after a training of two steps. */
  private static final Set<String> MAY_FALL_SHORT = Set.of("demo", "solve");

  private static final Pattern MODULES = Pattern.compile("^[a-z0-9/,-]+$");

  @TempDir private Path folder;

  private static List<DocumentedCommands.Command> all() throws IOException {
    List<DocumentedCommands.Command> found = new ArrayList<>();
    for (Path file : DocumentedCommands.documents(ROOT)) {
      String name = ROOT.relativize(file).toString();
      found.addAll(DocumentedCommands.in(name, Files.readString(file)));
    }
    return found;
  }

  @Test
  void everyCommandOfABlockRuns() throws IOException {
    int run = 0;
    for (DocumentedCommands.Command command : all()) {
      if (command.isTrm()
          && command.block()
          && command.needs().isEmpty()
          && !command.place().contains(LONG)) {
        Path own = folder.resolve(command.place().replaceAll(":.*", "").replace('/', '-'));
        Files.createDirectories(own);
        List<String> words = new ReducedCommand(ROOT, own).of(command.words());
        Run done = Run.of(words.toArray());
        assertThat(done.code())
            .as("%s: %s%n%s%s", command.place(), words, done.out(), done.err())
            .isBetween(0, MAY_FALL_SHORT.contains(words.getFirst()) ? 1 : 0);
        run++;
      }
    }
    assertThat(run).as("commands that were run").isGreaterThanOrEqualTo(18);
  }

  @Test
  void everyOtherCommandHasTheFormThatTheProgramTakes() throws IOException {
    int seen = 0;
    for (DocumentedCommands.Command command : all()) {
      String fault = command.isTrm() ? trmFault(command.words()) : mavenFault(command.words());
      assertThat(fault).as("%s: %s", command.place(), command.words()).isEmpty();
      seen++;
    }
    assertThat(seen).as("commands in the documents").isGreaterThanOrEqualTo(60);
  }

  /** Returns what is wrong with a command line, without running it. */
  private static String trmFault(List<String> words) {
    // The script starts another program, which docs/SPARK.md is about.
    if (words.getFirst().equals("spark-demo")) {
      return Set.of("--figures", "--simulate").containsAll(words.subList(1, words.size()))
          ? ""
          : "spark-demo takes --figures or --simulate";
    }
    List<String> arguments = words.subList(1, words.size());
    if (arguments.equals(List.of("COMMAND", "--help"))) {
      return "";
    }
    try {
      if (arguments.stream().noneMatch(w -> w.contains("...") || w.startsWith("["))) {
        TrmMain.commandLine().parseArgs(arguments.toArray(String[]::new));
        return "";
      }
    } catch (CommandLine.MissingParameterException e) {
      // In text a command may stand for all of its uses; what there is of it must exist.
    } catch (CommandLine.ParameterException e) {
      return String.valueOf(e.getMessage());
    }
    CommandLine command = TrmMain.commandLine();
    for (String word : arguments) {
      String option = word.replaceAll("=.*", "");
      if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (command.getParent() == null) {
        return "unknown command " + word;
      } else if (option.startsWith("--")
          && !command.getCommandSpec().optionsMap().containsKey(option)) {
        return "unknown option " + option;
      }
    }
    return "";
  }

  /** Returns what a Maven command line names and is not there: a module, a profile, a test. */
  private static String mavenFault(List<String> words) throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (words.get(i - 1).equals("-pl") && MODULES.matcher(word).matches()) {
        for (String module : word.split(",", -1)) {
          if (!Files.exists(ROOT.resolve(module).resolve("pom.xml"))) {
            return "no module " + module;
          }
        }
      } else if (word.startsWith("-P")
          && !Set.of("-Pspark", "-Pbrowser", "-Pgradle").contains(word)) {
        if (!pom.contains("<id>" + word.substring(2) + "</id>")) {
          return "no profile " + word;
        }
      } else if (word.startsWith("-Dtest=") && !word.endsWith("=NONE")) {
        for (String test : word.substring("-Dtest=".length()).split(",", -1)) {
          String name = test.replaceAll("#.*", "") + ".java";
          if (!name.contains("*") && !isThere(name)) {
            return "no test " + name;
          }
        }
      }
    }
    return "";
  }

  private static boolean isThere(String name) throws IOException {
    try (Stream<Path> files =
        Files.find(
            ROOT,
            16,
            (file, attributes) -> file.endsWith(name) && !file.toString().contains("target"))) {
      return files.findAny().isPresent();
    }
  }

  @Test
  void findsCommandsAndWhatIsWrongWithThem() throws IOException {
    String text =
        """
        Text with `./trm eval --modle M --data D` and `trm data list`.

        ```
        ./trm solve 1... # needs a comment
        $ other
        trm data show 'a b' \\
            --index 3
        ```

            ./mvnw -Pnone test -pl trm-cli,trm-none -Dtest=NoSuchTest
        """;
    List<DocumentedCommands.Command> found = DocumentedCommands.in("T", text);
    assertThat(found)
        .extracting(command -> String.join("|", command.words()))
        .containsExactly(
            "./trm|eval|--modle|M|--data|D",
            "trm|data|list",
            "./trm|solve|1...",
            "trm|data|show|a b|--index|3",
            "./mvnw|-Pnone|test|-pl|trm-cli,trm-none|-Dtest=NoSuchTest");
    assertThat(found)
        .extracting(DocumentedCommands.Command::block)
        .containsExactly(false, false, true, true, true);
    assertThat(found.get(2).needs()).isEqualTo("needs a comment");
    assertThat(found.get(3).place()).isEqualTo("T:6");
    assertThat(trmFault(found.get(0).words())).contains("--modle");
    assertThat(trmFault(found.get(1).words())).isEmpty();
    assertThat(trmFault(List.of("trm", "slove", "x"))).contains("slove");
    assertThat(trmFault(List.of("trm", "solve", "--modle", "x", "...")))
        .isEqualTo("unknown option --modle");
    assertThat(mavenFault(found.get(4).words())).isEqualTo("no profile -Pnone");
    assertThat(mavenFault(List.of("./mvnw", "-pl", "trm-cli,trm-none")))
        .isEqualTo("no module trm-none");
    assertThat(mavenFault(List.of("./mvnw", "-Dtest=TrainEvalSolveTest#x,NoSuchTest")))
        .isEqualTo("no test NoSuchTest.java");
  }
}
