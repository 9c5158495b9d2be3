package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The command on a pseudo-terminal of 100 columns, which {@code script} of util-linux makes. What
 * is typed passes the terminal's line discipline, so that Ctrl-C is a signal as at a real one.
 */
final class PseudoTerminal implements AutoCloseable {
  private static final char CTRL_C = 3;

  private final Path output;
  private final Process process;
  private final OutputStream keyboard;

  private PseudoTerminal(Path output, Process process) {
    this.output = output;
    this.process = process;
    this.keyboard = process.getOutputStream();
  }

  /** Starts {@code trm}; what it shows goes to the file. */
  static PseudoTerminal start(Path output, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("stty cols 100; exec env --default-signal=INT");
    command.add(quoted(Path.of(System.getProperty("java.home"), "bin", "java")));
    command.add("--add-modules jdk.incubator.vector -XX:TieredStopAtLevel=1 -cp");
    command.add(quoted(System.getProperty("java.class.path")));
    command.add(TrmMain.class.getName());
    for (Object argument : arguments) {
      command.add(quoted(argument));
    }
    Process process =
        new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new PseudoTerminal(output, process);
  }

  private static String quoted(Object text) {
    return "'" + text.toString().replace("'", "'\\''") + "'";
  }

  /** Returns what was shown so far. */
  String shown() {
    try {
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void awaitText(String text) throws InterruptedException {
    await(() -> shown().contains(text));
  }

  void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1200; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      assertThat(process.isAlive()).as(this::shown).isTrue();
      Thread.sleep(50);
    }
    throw new AssertionError("not within a minute: " + shown());
  }

  void pressCtrlC() throws IOException {
    keyboard.write(CTRL_C);
    keyboard.flush();
  }

  /** Returns the exit code. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(this::shown).isTrue();
    return process.exitValue();
  }

  /** Returns the lines that stay: each as a terminal shows it after all that was written over. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String line : shown().split("\n", -1)) {
      StringBuilder screen = new StringBuilder();
      int column = 0;
      for (char c : line.toCharArray()) {
        switch (c) {
          case '\r' -> column = 0;
          case '\b' -> column = Math.max(0, column - 1);
          default -> {
            screen.replace(column, Math.min(column + 1, screen.length()), String.valueOf(c));
            column++;
          }
        }
      }
      lines.add(screen.toString().stripTrailing());
    }
    return lines;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
