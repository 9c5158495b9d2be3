package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code trm serve} as a process: its output, the arguments it refuses, and how it ends. */
class ServeCommandTest {
  @TempDir private Path temp;

  private Process start(Path out, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx512m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.trm4j.server.TrmServer");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(temp.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  @Test
  void servesTheModelsInTheBoxUntilItIsStopped() throws Exception {
    Path out = temp.resolve("out.txt");
    Process process = start(out, "--port", "0");
    Matcher line = null;
    Pattern serving =
        Pattern.compile(
            "trm: serving maze-15, maze-30, maze-7, maze-9, sudoku-4, sudoku-6, sudoku-9, sudoku-9-deduction at http://127.0.0.1:(\\d+)");
    for (int i = 0; i < 1200 && process.isAlive() && (line == null || !line.find()); i++) {
      Thread.sleep(100);
      line = serving.matcher(Files.readString(out));
    }
    try {
      assertThat(Files.readString(out)).containsPattern(serving);
      // The JVM's line about its incubator module, and that of the server.
      assertThat(Files.readAllLines(out)).hasSize(2);
    } finally {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(143);
  }

  /** What is advised where a name cannot be used: another one. */
  @Test
  void servesModelsUnderTheNamesTheyAreGiven() throws Exception {
    Path out = temp.resolve("out.txt");
    Process process = start(out, "--port=0", "--model=first=sudoku-4", "--model=b=sudoku-4");
    try {
      for (int i = 0;
          i < 1200 && process.isAlive() && !Files.readString(out).contains("serving");
          i++) {
        Thread.sleep(100);
      }
      assertThat(Files.readString(out)).containsPattern("trm: serving (b, first|first, b) at http");
    } finally {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void helps() {
    StringWriter out = new StringWriter();
    int code = new CommandLine(new ServeCommand()).setOut(new PrintWriter(out)).execute("--help");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("--model", "--port", "--token-file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--model=missing|'missing' is no file or folder",
        "--address=0.0.0.0|0.0.0.0 can be reached from other machines, which needs a token"
      })
  void endsWithOneClearMessage(String arguments, String message) throws Exception {
    Path out = temp.resolve("out.txt");
    Process process = start(out, arguments.split(" "));
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(out)).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--token-file=missing|--token-file missing: cannot be read",
        "--model=a=sudoku-4 --model=a=sudoku-6|--model: two models are named a; give another name, --model NAME=sudoku-6",
        "--model=a,b=sudoku-4|the name 'a,b' is not one for an address; give another, --model NAME=sudoku-4",
        "--nonsense|unknown argument --nonsense; see trm serve --help",
        "--port=x|Invalid value for option '--port'"
      })
  void refusesArguments(String arguments, String message) {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ServeCommand())
            .setErr(new PrintWriter(err))
            .execute(arguments.split(" "));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
