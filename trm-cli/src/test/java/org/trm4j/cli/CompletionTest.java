package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the shell completes, and that nothing in help or tables is cut off. */
class CompletionTest {
  @TempDir private Path folder;

  private List<String> completed(String... words) throws Exception {
    Path script = folder.resolve("trm.bash");
    Files.writeString(script, Run.of("completion").out());
    String line = String.join(" ", words);
    String ask =
        "source '%s'; COMP_WORDS=(%s ''); COMP_CWORD=%s; COMP_LINE='%s '; COMP_POINT=%s; _complete_trm; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, line, words.length, line, line.length() + 1);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out.lines().map(String::strip).toList();
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "the script is for bash and zsh")
  void bashCompletesCommandsAndValues() throws Exception {
    assertThat(completed("trm")).contains("solve", "train", "data", "completion");
    assertThat(completed("trm", "data")).contains("show", "generate", "fetch");
    assertThat(completed("trm", "train", "--config")).contains("demo", "sudoku-9");
  }

  @Test
  void noDescriptionIsCutOff() {
    Run plugins = Run.of("plugins");
    assertThat(plugins.out()).doesNotContain("...").contains("gradient through the last cycle");
    assertThat(plugins.out().lines())
        .as("a description stands apart from its name")
        .noneMatch(line -> line.matches("  [a-z-]+\\([^)]{30,}\\) \\S.*"));
    everyDescription(TrmMain.commandLine());
  }

  private static void everyDescription(CommandLine line) {
    String usage = line.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("\\s+", "");
    for (var option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        for (String part : option.description()) {
          String begin = part.replaceAll("\\$\\{.*", "").replaceAll("%n|\\s+", "");
          assertThat(usage)
              .as("%s %s", line.getCommandName(), option.longestName())
              .contains(begin);
        }
      }
    }
    line.getSubcommands().values().forEach(CompletionTest::everyDescription);
  }
}
