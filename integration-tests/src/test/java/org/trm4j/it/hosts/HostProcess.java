package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host application that ran to its end. */
public record HostProcess(int exit, List<String> out, List<String> err) {

  /** Runs {@code java} with these arguments. */
  public static HostProcess java(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(folder, out, err, arguments);
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended: %s", arguments).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new HostProcess(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }

  /** Starts {@code java} with these arguments. */
  static Process start(Path folder, Path out, Path err, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL_OPTIONS"));
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  /** Returns this process, which must have ended well. */
  public HostProcess succeeded() {
    assertThat(exit).as("exit code; %s", this).isZero();
    return this;
  }

  /** Returns what follows {@code key } in the one line of the output that starts so. */
  String value(String key) {
    List<String> lines = out.stream().filter(line -> line.startsWith(key + " ")).toList();
    assertThat(lines).as("%s", this).hasSize(1);
    return lines.getFirst().substring(key.length() + 1);
  }
}
